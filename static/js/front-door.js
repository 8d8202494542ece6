// The first page of a copy of the site: leads on to the visitor's language. Without this script its links do.
(() => {
  "use strict";

  const links = new Map([...document.querySelectorAll("a[hreflang]")].map((link) => [link.getAttribute("hreflang"), link.href]));
  const wanted = (navigator.languages || []).map((language) => language.toLowerCase().split("-")[0]);
  const found = wanted.find((language) => links.has(language));
  if (found) location.replace(links.get(found));
})();
