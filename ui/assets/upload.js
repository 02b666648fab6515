// Files are sent one after the other, then told to the server together. One over the limit is
// not sent: the server says why. Nothing else is said by Gradio while files are on their way.
let sending = false;

async function send(files) {
  if (sending || !files.length) return;
  sending = true;
  const form = element.querySelector(".upload-form");
  const told = [];
  for (const [index, file] of [...files].entries()) {
    element.querySelector(".upload-status").textContent = form.dataset.sending
      .replace("{number}", index + 1)
      .replace("{all}", files.length);
    let path = null;
    if (file.size <= Number(form.dataset.bytesMax)) {
      try {
        path = (await upload(file)).path;
      } catch {
        // Its line on the page tells that the upload was cut off.
      }
    }
    told.push({ name: file.name, size: file.size, path });
  }
  element.querySelector(".upload-status").textContent = "";
  sending = false;
  trigger("added", { files: told });
}

element.addEventListener("change", (event) => {
  const files = [...event.target.files];
  event.target.value = ""; // the same file may be chosen again
  send(files);
});
element.addEventListener("dragover", (event) => {
  event.preventDefault();
  element.querySelector(".upload-form").classList.add("dropping");
});
element.addEventListener("dragleave", () => {
  element.querySelector(".upload-form").classList.remove("dropping");
});
element.addEventListener("drop", (event) => {
  event.preventDefault();
  element.querySelector(".upload-form").classList.remove("dropping");
  send([...event.dataTransfer.files]);
});
