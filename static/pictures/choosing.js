/* The chosen picture goes to the editor that opened this window: its address, and its alternative text into the same
   dialog, where it can still be changed. */
(() => {
  const list = document.querySelector("[data-choosing]");
  const editor = window.opener?.CKEDITOR;
  if (!list || !editor || !list.dataset.choosing) return;

  list.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const { address, alt } = button.dataset;
    editor.tools.callFunction(Number(list.dataset.choosing), address, function () {
      const dialog = this.getDialog();
      if (dialog.getName() === "image") dialog.getContentElement("info", "txtAlt")?.setValue(alt);
    });
    window.close();
  });
})();
