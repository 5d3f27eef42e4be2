// Follows the status of an unscored submission by server-sent events, and reloads the page when its scores are available.
// Without this script, the page reloads every second.

const place = document.querySelector("[data-status]");
if (place) follow(place);

function follow(place) {
  const events = new EventSource(place.dataset.status);
  events.addEventListener("status", event => {
    if (event.data === "received" && place.dataset.ran) place.textContent = "The model has run; its predictions are being scored.";
    if (event.data === "scoring") place.textContent = "Being scored. The scores will appear here in a moment.";
    if (event.data === "scored" || event.data === "failed") {
      events.close();
      location.reload();
    }
  });

  events.addEventListener("progress", event => {
    place.dataset.ran = "yes";
    place.textContent = event.data;
  });

  // EventSource does not reconnect after an error response, so the page is reloaded.
  events.addEventListener("error", () => {
    if (events.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 5000);
  });

  // Closes the connection when the page goes into the back/forward cache.
  addEventListener("pagehide", () => events.close());
}
