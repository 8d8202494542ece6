// The search of a copy of the site (manage.py export_static): looks words up in files beside it and asks no server.
// What the files hold is written in iaec_site/static_export/search_index.py. All words come from the page.
(() => {
  "use strict";

  const place = document.querySelector("[data-search-in-copy]");
  const input = document.getElementById("search-text");
  if (!place || !input) return;

  const AT_ONCE = 20;
  const PLACES = 4;
  const words = place.dataset;
  const base = new URL(words.searchInCopy, document.baseURI);
  const languages = [...document.querySelectorAll(".languages [hreflang]")].map((link) => link.getAttribute("hreflang"));

  // As search/analysis.py has it.
  const SPELLED = { æ: "ae", œ: "oe", ß: "ss", ø: "o", ł: "l", đ: "d", ħ: "h", ı: "i" };
  const APOSTROPHES = /['’‘ʼ`´＇]/gu;
  const HYPHENS = /[-\u2010\u2011\u00ad]+/u;
  const WORD = /[-–−]?[\p{L}\p{N}\p{M}]+(?:['’‘ʼ`´＇·‧•∙⋅.\u2010\u2011\u00ad-]+[\p{L}\p{N}\p{M}]+)*\*?/gu;
  const ELIDED = /^(?:[dlnstmcj]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=[\p{L}\p{N}]{2})/u;
  const SIGNS = /([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]+)/u;

  const fold = (text) =>
    text
      .normalize("NFKD")
      .toLowerCase()
      .replace(/[æœßøłđħı]/gu, (sign) => SPELLED[sign])
      .replace(/[·‧•.∙⋅]/gu, "")
      .replace(APOSTROPHES, "'")
      .replace(/[\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe00-\ufe0f]/gu, "")
      .normalize("NFC");
  const formsOf = (word) =>
    fold(word)
      .split(HYPHENS)
      .map((part) => part.replace(ELIDED, ""))
      .flatMap((part) => ((part.match(/'/gu) || []).length > 1 ? part.split("'") : [part]))
      .map((part) => part.replaceAll("'", ""))
      .flatMap((part) => part.split(SIGNS))
      .filter(Boolean)
      .flatMap((run) => (SIGNS.test(run) && run.length > 2 ? [...run].slice(1).map((sign, n) => [...run][n] + sign) : [run]));

  const partsOf = (text) =>
    (text.match(WORD) || []).slice(0, 10).map((found) => {
      const isUnwanted = /^[-–−]/u.test(found);
      const isBeginning = found.endsWith("*");
      const word = found.replace(/^[-–−]/u, "").replace(/\*$/u, "");
      const forms = formsOf(word);
      return { forms, joined: forms.length > 1 && HYPHENS.test(word) ? forms.join("") : "", isUnwanted, isBeginning };
    });

  const loaded = new Map();
  const load = (path) => {
    if (!loaded.has(path)) {
      const answer = fetch(new URL(path, base), { credentials: "same-origin" }).then((response) => {
        if (!response.ok) throw new Error(path);
        return response.json();
      });
      answer.catch(() => loaded.delete(path));
      loaded.set(path, answer);
    }
    return loaded.get(path);
  };

  const shardOf = (word) => (/^[a-z0-9]{2}/u.test(word) ? word.slice(0, 2) : /^[a-z0-9]$/u.test(word) ? `${word}_` : "other");
  const shard = async (language, word) => {
    const { shards } = await load(`${language}/index.json`);
    return shards.includes(shardOf(word)) ? load(`${language}/${shardOf(word)}.json`) : { words: {}, stems: {} };
  };

  // {number of an item: the best place of one of these words in it}
  const itemsWith = async (language, stems) => {
    const places = new Map();
    for (const stem of stems) {
      let sum = 0;
      for (const difference of (await shard(language, stem)).stems[stem] || []) {
        sum += difference;
        const number = Math.floor(sum / PLACES);
        places.set(number, Math.min(places.get(number) ?? PLACES, sum % PLACES));
      }
    }
    return places;
  };
  // A word as it stands somewhere on the site; or what begins so; or, where a form of it is not written anywhere, what
  // begins like it but for up to three letters at its end ("library", "libraries").
  const stemsOf = async (language, form, isBeginning, isLoose) => {
    const known = (await shard(language, form)).words;
    const stems = new Set(Object.hasOwn(known, form) ? [known[form]] : []);
    const add = (start, longest) => {
      for (const [other, stem] of Object.entries(known))
        if (other.startsWith(start) && other.length <= longest) stems.add(stem);
    };
    if (isBeginning && form.length > 1) add(form, Infinity);
    for (let cut = 1; isLoose && !stems.size && cut <= 3 && form.length - cut >= 4; cut++)
      add(form.slice(0, -cut), form.length + 3);
    return stems;
  };
  const both = (one, other) =>
    new Map([...one].filter(([number]) => other.has(number)).map(([number, at]) => [number, Math.max(at, other.get(number))]));
  const answering = async (language, part, isBeginning, isLoose) => {
    let found = null;
    for (const form of part.forms) {
      const items = await itemsWith(language, await stemsOf(language, form, isBeginning, isLoose));
      found = found ? both(found, items) : items;
    }
    if (part.joined)
      for (const [number, at] of await itemsWith(language, await stemsOf(language, part.joined, false, false)))
        found.set(number, Math.min(found.get(number) ?? PLACES, at));
    return found;
  };

  const find = async (language, parts, isLoose) => {
    const { stop } = await load(`${language}/index.json`);
    const wanted = parts.filter((part) => !part.isUnwanted);
    const telling = wanted.filter((part) => part.isBeginning || part.forms.length > 1 || !stop.includes(part.forms[0]));
    let found = null;
    for (const part of telling.length ? telling : wanted) {
      const isBeginning = part.isBeginning || (isLoose && part === wanted.at(-1));
      const items = await answering(language, part, isBeginning, isLoose);
      found = found ? both(found, items) : items;
    }
    for (const part of parts.filter((one) => one.isUnwanted))
      for (const number of (await answering(language, part, false, false)).keys()) found?.delete(number);
    return found || new Map();
  };
  const inOrder = (found) => [...found].sort((one, other) => one[1] - other[1] || one[0] - other[0]).map(([number]) => number);

  // [[language, number], …], what is written in the page's language first; an item stands once.
  const findInAll = async (parts, isLoose) => {
    const own = inOrder(await find(words.language, parts, isLoose));
    const seen = new Set(own);
    const others = [];
    for (const language of languages.filter((code) => code !== words.language))
      for (const number of inOrder(await find(language, parts, isLoose)))
        if (!seen.has(number)) {
          seen.add(number);
          others.push([language, number]);
        }
    return { own: own.map((number) => [words.language, number]), others };
  };

  const element = (name, css, text) => {
    const made = document.createElement(name);
    if (css) made.className = css;
    if (text) made.textContent = text;
    return made;
  };
  const hit = async ([language, number]) => {
    const { itemsPerFile } = await load(`${language}/index.json`);
    const { kinds } = await load(`${words.language}/index.json`);
    const [title, address, kind, date, text] = (await load(`${language}/items-${Math.floor(number / itemsPerFile)}.json`))[number];
    const row = element("li", "search-hit");
    const heading = element("h3", "search-title");
    const link = element("a", "", title);
    link.href = new URL(`../${address}`, base).href;
    heading.append(link);
    row.append(heading, element("p", "search-about", [kinds[kind], language === words.language ? date : language].filter(Boolean).join(" · ")));
    const snippet = text ? element("p", "search-snippet", text) : null;
    if (snippet) row.append(snippet);
    if (language !== words.language) for (const part of [link, snippet]) part?.setAttribute("lang", language);
    return row;
  };
  const section = async (hits, title) => {
    const made = element("section", "section");
    const list = element("ol", "search-results");
    list.setAttribute("role", "list");
    made.setAttribute("aria-label", title || document.querySelector("h1").textContent);
    made.append(element("h2", title ? "section-title" : "visually-hidden", title || document.querySelector("h1").textContent), list);
    const more = element("button", "button button-plain", words.next);
    more.type = "button";
    const show = async () => {
      const first = list.children.length;
      more.disabled = true;
      for (const one of await Promise.all(hits.slice(first, first + AT_ONCE).map(hit))) list.append(one);
      more.disabled = false;
      if (list.children.length >= hits.length) more.remove();
      if (first) list.children[first].querySelector("a").focus();
    };
    more.addEventListener("click", show);
    made.append(more);
    await show();
    return made;
  };

  const status = element("p", "lede");
  status.setAttribute("role", "status");
  place.replaceChildren(status);
  const insert = (template, texts) =>
    Object.entries(texts).reduce((text, [name, value]) => text.replace(`{${name}}`, () => value), template);

  const search = async (text) => {
    const parts = partsOf(text).filter((part) => part.forms.length);
    let found = await findInAll(parts, false);
    let note = "";
    if (parts.length && !found.own.length && !found.others.length) {
      found = await findInAll(parts, true);
      if (found.own.length || found.others.length) note = words.beginnings;
    }
    const count = found.own.length + found.others.length;
    const isOne = new Intl.PluralRules(words.language).select(count) === "one";
    const sections = [
      note && element("p", "notice", note),
      found.own.length && (await section(found.own, "")),
      found.others.length && (await section(found.others, words.others)),
    ];
    // Their number is told when they are there.
    place.append(...sections.filter(Boolean));
    status.textContent = count ? insert(isOne ? words.one : words.more, { count, text }) : words.nothing;
  };

  const text = (new URLSearchParams(location.search).get("q") || "").normalize("NFC").trim().slice(0, 200);
  if (!text) return;
  input.value = text;
  document.title = `${text} · ${document.title}`;
  search(text).catch(() => {
    status.textContent = words.failed;
  });
})();
