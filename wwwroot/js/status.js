// Follows a submission that waits for its scores, by the server's events, and shows its page again when they are there.
// Without this script the page looks again every second.

const place = document.querySelector("[data-status]");
if (place) follow(place);

function follow(place) {
  const events = new EventSource(place.dataset.status);
  events.addEventListener("status", event => {
    if (event.data === "scoring") place.textContent = "Being scored. The scores will appear here in a moment.";
    if (event.data === "scored" || event.data === "failed") {
      events.close();
      location.reload();
    }
  });

  // An EventSource whose server answered with an error does not try again.
  events.addEventListener("error", () => {
    if (events.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 5000);
  });

  // A page that is kept for the back button is not to hold a connection.
  addEventListener("pagehide", () => events.close());
}
