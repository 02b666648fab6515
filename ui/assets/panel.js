// A newly opened passage is scrolled into view and gets the focus; a change of language moves
// neither. Closing gives the focus back to the marker.
let shown = "";

// The size of a page image, in shares of the panel's width; kept while pages are turned.
const sizes = [0.5, 0.75, 1, 1.5, 2, 3];
let size = 1;
function showSize() {
  const image = element.querySelector(".page-image");
  if (!image) return;
  image.style.width = `${100 * size}%`;
  element.querySelector(".zoom-level").textContent = `${100 * size}%`;
  const end = { in: sizes[sizes.length - 1], out: sizes[0] };
  for (const button of element.querySelectorAll('[data-action="zoom"]')) {
    button.setAttribute("aria-disabled", size === end[button.dataset.step]);
  }
}
doneHere.zoom = (button, { step }) => {
  const scroller = element.querySelector(".source-scroll");
  const frame = scroller.getBoundingClientRect();
  const middle = { x: frame.left + frame.width / 2, y: frame.top + frame.height / 2 };
  const image = element.querySelector(".page-image");
  const box = image.querySelector(".quote-box");
  const held = box?.getBoundingClientRect();
  const inView = held && held.bottom > frame.top && held.top < frame.bottom;
  // What is in the middle afterwards: the quote where it is in view, else what was there before.
  const at = inView ? { x: held.left + held.width / 2, y: held.top + held.height / 2 } : middle;
  const before = image.getBoundingClientRect();
  const place = { x: (at.x - before.left) / before.width, y: (at.y - before.top) / before.height };
  const next = sizes.indexOf(size) + (step === "in" ? 1 : -1);
  size = step === "fit" ? 1 : (sizes[next] ?? size);
  showSize();
  const after = image.getBoundingClientRect();
  scroller.scrollLeft += after.left + place.x * after.width - middle.x;
  scroller.scrollTop += after.top + place.y * after.height - middle.y;
};

watch("value", () => {
  showSize();
  const view = element.querySelector(".source-view");
  const address = view?.dataset.address ?? "";
  if (address === shown) return;
  // The address bar names what is open: a reload, or whoever is sent the address, opens it again.
  window.history.replaceState(window.history.state, "", view?.dataset.link ?? window.location.pathname);
  const closing = shown && !address;
  shown = address;
  if (closing) {
    size = 1;
    document.querySelector(".opened")?.focus();
  }
  if (!view) return;
  const mark = view.querySelector("mark");
  const scroller = view.querySelector(".source-scroll");
  if (!mark) return view.querySelector("h2").focus();
  const room = Math.max(48, (scroller.clientHeight - mark.offsetHeight) / 2);
  if (view.querySelector(".page-image")) {
    const box = view.querySelector(".quote-box");
    scroller.scrollTop = box ? Math.max(0, box.offsetTop - scroller.clientHeight / 3) : 0;
    scroller.scrollLeft = box ? box.offsetLeft + box.offsetWidth / 2 - scroller.clientWidth / 2 : 0;
    return scroller.focus({ preventScroll: true });
  }
  const [at, frame] = [mark.getBoundingClientRect(), scroller.getBoundingClientRect()];
  scroller.scrollTop += at.top - frame.top - room;
  if (at.right > frame.right) scroller.scrollLeft += at.left - frame.left - frame.width / 3;
  mark.focus({ preventScroll: true });
});
const zoomKeys = { "+": "in", "=": "in", "-": "out", 0: "fit" };
element.addEventListener("keydown", (event) => {
  if (event.key === "Escape") element.querySelector('[data-action="close"]')?.click();
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  element.querySelector(`[data-action="zoom"][data-step="${zoomKeys[event.key]}"]`)?.click();
});
