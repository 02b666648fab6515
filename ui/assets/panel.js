// A newly opened passage is scrolled into view and gets the focus; a change of language moves
// neither. Closing gives the focus back to the marker.
let shown = "";
watch("value", () => {
  const view = element.querySelector(".source-view");
  const address = view?.dataset.address ?? "";
  if (address === shown) return;
  // The address bar names what is open: a reload, or whoever is sent the address, opens it again.
  window.history.replaceState(window.history.state, "", view?.dataset.link ?? window.location.pathname);
  const closing = shown && !address;
  shown = address;
  if (closing) document.querySelector(".opened")?.focus();
  if (!view) return;
  const mark = view.querySelector("mark");
  const scroller = view.querySelector(".source-scroll");
  if (!mark) return view.querySelector("h2").focus();
  const room = Math.max(48, (scroller.clientHeight - mark.offsetHeight) / 2);
  if (view.querySelector(".page-image")) {
    const box = view.querySelector(".quote-box");
    scroller.scrollTop = box ? Math.max(0, box.offsetTop - scroller.clientHeight / 3) : 0;
    return scroller.focus({ preventScroll: true });
  }
  const [at, frame] = [mark.getBoundingClientRect(), scroller.getBoundingClientRect()];
  scroller.scrollTop += at.top - frame.top - room;
  if (at.right > frame.right) scroller.scrollLeft += at.left - frame.left - frame.width / 3;
  mark.focus({ preventScroll: true });
});
element.addEventListener("keydown", (event) => {
  if (event.key === "Escape") element.querySelector('[data-action="close"]')?.click();
});
