// The editor's dialog for pictures calls the library by its name, rather than “Browse Server”.
window.CKEDITOR?.on("dialogDefinition", ({ data, editor }) => {
  if (data.name === "image") data.definition.getContents("info").get("browse").label = editor.config.pictureLibrary;
});
