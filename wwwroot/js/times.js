// Shows times in the reader's time zone. The UTC time in the page stays available on hover or keyboard focus.

const parts = new Intl.DateTimeFormat("sv", { dateStyle: "short", timeStyle: "short" });
const zone = new Intl.DateTimeFormat("en", { timeZoneName: "short" });

for (const time of document.querySelectorAll("time[data-local]")) {
  const moment = new Date(time.dateTime);
  const name = zone.formatToParts(moment).find(part => part.type === "timeZoneName").value;
  if (Number.isNaN(moment.getTime()) || name === "UTC") continue;
  const local = document.createElement("span");
  local.className = "local";
  local.textContent = `${parts.format(moment)} ${name}`;
  const utc = document.createElement("span");
  utc.className = "utc";
  utc.textContent = time.textContent;
  time.replaceChildren(local, utc);
  time.tabIndex = 0;
}
