// A file that the server made is saved when it arrives.
watch("value", () => {
  const file = element.querySelector("[data-href]");
  if (!file) return;
  const link = document.createElement("a");
  link.href = file.dataset.href;
  link.download = file.dataset.name;
  link.click();
});
