// The editor's dialog for pictures calls the library by its name, rather than “Browse Server”.
document.addEventListener("DOMContentLoaded", () => {
  // The editor's own script may stand behind this one.
  window.CKEDITOR?.on("dialogDefinition", ({ data, editor }) => {
    if (data.name === "image") data.definition.getContents("info").get("browse").label = editor.config.pictureLibrary;
  });
});
