/* Pictures dropped on the library's list, or chosen there, are sent one after the other, each with its own result.
   Without this script the form sends all of them at once, to the same address. */
(() => {
  const start = () => {
    const form = document.querySelector("[data-adding]");
    if (!form) return;
    const words = form.dataset;
    const input = form.querySelector("input[type=file]");
    const list = form.querySelector("[data-adding-files]");
    const summary = form.querySelector("[data-adding-summary]");
    const next = form.querySelector("[data-adding-next]");
    const added = [];
    let refused = 0;
    let queue = Promise.resolve();
    let waiting = 0;

    form.querySelector(".adding-drop").hidden = false;
    form.querySelector("input[type=submit]").hidden = true;

    const line = (file) => {
      const item = document.createElement("li");
      const name = document.createElement("span");
      const bar = document.createElement("progress");
      const words_ = document.createElement("span");
      name.className = "adding-name";
      name.textContent = file.name;
      bar.max = 1;
      bar.value = 0;
      bar.setAttribute("aria-label", file.name);
      words_.textContent = words.waiting;
      item.append(name, bar, words_);
      list.append(item);
      return {
        progress: (share) => { bar.value = share; words_.textContent = share < 1 ? words.sending : words.checking; },
        end: (text, isRefused) => {
          bar.remove();
          words_.textContent = text;
          item.classList.add(isRefused ? "adding-refused" : "adding-added");
        },
      };
    };

    const send = (file, shown) => new Promise((done) => {
      const data = new FormData(form);
      data.delete("files");
      data.append("files", file);
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.setRequestHeader("Accept", "application/json");
      request.responseType = "json";
      request.upload.addEventListener("progress", (event) => event.lengthComputable && shown.progress(event.loaded / event.total));
      request.upload.addEventListener("load", () => shown.progress(1));
      request.addEventListener("loadend", () => {
        const outcome = request.response?.outcomes?.[0];
        if (outcome?.picture) {
          added.push(outcome.picture);
          shown.end(words.added, false);
        } else {
          refused += 1;
          shown.end(outcome?.refused || request.response?.problem || words.failed, true);
        }
        done();
      });
      request.send(data);
    });

    const tell = () => {
      summary.textContent = words.summary.replace("{added}", added.length).replace("{refused}", refused);
      if (!added.length) return;
      next.hidden = false;
      next.querySelector("a").href = `${words.describe}?pictures=${added.slice(-50).join(",")}`;
    };

    const take = (files) => {
      if (!files.length || !fieldsAreRight()) return;
      for (const file of files) {
        const shown = line(file);
        waiting += 1;
        queue = queue.then(async () => {
          if (file.size > Number(words.maxBytes)) {
            refused += 1;
            shown.end(words.tooLarge, true);
          } else {
            await send(file, shown);
          }
          waiting -= 1;
          if (!waiting) tell();
        });
      }
    };

    // The network, where there is a choice; the files themselves are at hand already.
    const fieldsAreRight = () => [...form.querySelectorAll("select")].every((field) => field.reportValidity());

    input.addEventListener("change", () => {
      take([...input.files]);
      input.value = "";
    });
    form.addEventListener("submit", (event) => event.preventDefault());

    const holdsFiles = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
    let depth = 0;
    const mark = (change) => {
      depth = Math.max(0, depth + change);
      form.classList.toggle("adding-over", depth > 0);
    };
    document.addEventListener("dragenter", (event) => holdsFiles(event) && mark(1));
    document.addEventListener("dragleave", (event) => holdsFiles(event) && mark(-1));
    document.addEventListener("dragover", (event) => holdsFiles(event) && event.preventDefault());
    document.addEventListener("drop", (event) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      mark(-depth);
      take([...event.dataTransfer.files]);
    });
    window.addEventListener("beforeunload", (event) => waiting && event.preventDefault());
  };

  document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", start) : start();
})();
