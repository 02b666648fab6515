// The table is written anew at every change; whoever is on a control of it stays there, the chart
// stays open or closed, and the rows stay where they were scrolled to.
let focused = null;
let open = false;
element.addEventListener("focusin", (event) => {
  const { action, change, field, column, document: id, page, value } = event.target.dataset;
  focused = { action, change, field, column, document: id, page, value };
});
element.addEventListener("focusout", (event) => {
  if (event.relatedTarget) focused = null;
});
element.addEventListener(
  "toggle",
  (event) => {
    if (event.target.matches(".collection")) open = event.target.open;
  },
  true,
);
watch("value", () => {
  const chart = element.querySelector(".collection");
  if (chart && open) chart.open = true;
  if (!focused || document.activeElement !== document.body) return;
  const same = Object.entries(focused)
    .filter(([name, held]) => held !== undefined && name !== "page")
    .map(([name, held]) => `[data-${name}="${CSS.escape(held)}"]`);
  const found = same.length ? element.querySelectorAll(same.join("")) : [];
  const again = [...found].find((one) => one.dataset.page === focused.page) ?? found[0];
  (again?.disabled ? element.querySelector(".table-scroll") : again)?.focus();
});
