// The arrow keys move between images, and images follow the contrast while its slider moves. Without a script, the Tab key and the
// form's button do the same.
const tiles = [...document.querySelectorAll(".tiles a")];
const steps = { ArrowRight: 1, ArrowLeft: -1 };

/** The number of images in the first row. */
function columns() {
  const top = tiles[0].offsetTop;
  const next = tiles.findIndex(tile => tile.offsetTop > top);
  return next < 0 ? tiles.length : next;
}

document.querySelector(".tiles")?.addEventListener("keydown", event => {
  const at = tiles.indexOf(event.target.closest("a"));
  const step = steps[event.key] ?? { ArrowDown: columns(), ArrowUp: -columns() }[event.key];
  const target = tiles[at + step];
  if (at >= 0 && target) {
    event.preventDefault();
    target.focus();
  }
});

const slider = document.querySelector(".image-controls input[name=contrast]");
slider?.addEventListener("change", () => {
  for (const image of document.querySelectorAll(".tiles img, .one-image img")) {
    const address = new URL(image.src);
    address.searchParams.set("contrast", slider.value);
    image.src = address.href;
  }

  // Links, and the address of this page, keep the contrast.
  for (const link of document.querySelectorAll(".tiles a, .pager a")) {
    const address = new URL(link.href);
    address.searchParams.set("contrast", slider.value);
    link.href = address.href;
  }

  const here = new URL(location.href);
  here.searchParams.set("contrast", slider.value);
  history.replaceState(null, "", here);
});
