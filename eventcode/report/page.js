"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const told = JSON.parse(byId("data").textContent);
  const data = told.rows.map(([number, type, country, day, actors, deaths]) => ({
    number, type: told.names[type], country: told.names[country], day, deaths,
    actors: actors.map((actor) => told.names[actor].toLowerCase()),
  }));
  const form = byId("filters");
  const fields = ["type", "country", "actor", "from", "to", "text"].map((name) => byId("f-" + name));
  const counted = all("[data-r]").filter((one) => !one.matches("mark")).map((one) => ({
    one, bar: one.matches(".bar"), numbers: one.dataset.r.split(" ").map(Number),
    n: one.querySelector(".n"), k: one.querySelector(".k"),
  }));
  const stories = all(".story");
  const words = new Map();
  const deaths = new Map(data.map((row) => [row.number, row.deaths]));
  form.hidden = false;
  all(".record").forEach((one) => { one.tabIndex = -1; });
  all(".needs-script").forEach((one) => { one.hidden = false; });

  const lower = (one) => {
    if (!words.has(one)) words.set(one, one.textContent.toLowerCase());
    return words.get(one);
  };

  // The article's words count for all of its records, a record's own for itself.
  const found = (row, text) => {
    const record = byId("r" + row.number);
    if (!record) return [row.type, row.country, ...row.actors].join(" ").toLowerCase().includes(text);
    const story = record.closest(".story");
    return lower(record).includes(text) || lower(story.querySelector(".words")).includes(text)
      || lower(story.querySelector("header")).includes(text);
  };

  const apply = () => {
    const [type, country, actor, from, to, search] = fields.map((field) => field.value.trim());
    const [who, text] = [actor.toLowerCase(), search.toLowerCase()];
    const facts = type || country || actor || from || to;
    const kept = new Set(data.filter((row) => (!type || row.type === type) && (!country || row.country === country)
      && (!who || row.actors.some((name) => name.includes(who)))
      && (!from || (row.day && row.day >= from)) && (!to || (row.day && row.day <= to))
      && (!text || found(row, text))).map((row) => row.number));
    counted.forEach(({ one, bar, numbers, n, k }) => {
      const left = numbers.filter((number) => kept.has(number));
      if (bar) one.style.transform = "scaleY(" + left.length / numbers.length + ")";
      else one.classList.toggle("gone", !left.length);
      if (n) n.textContent = left.length;
      if (k && k.textContent) k.textContent = left.reduce((sum, number) => sum + deaths.get(number), 0);
    });
    stories.forEach((story) => {
      const records = all(".record", story);
      records.forEach((record) => { record.hidden = !kept.has(Number(record.id.slice(1))); });
      const bare = !records.length && !facts && (!text || lower(story).includes(text));
      story.hidden = !bare && records.every((record) => record.hidden);
    });
    byId("state").textContent = kept.size + " of " + data.length + " records";
  };

  const light = (record) => {
    all(".on").forEach((one) => one.classList.remove("on"));
    if (!record) return;
    record.classList.add("on");
    const number = record.id.slice(1);
    all("mark[data-r]", record.closest(".story"))
      .filter((mark) => mark.dataset.r.split(" ").includes(number)).forEach((mark) => mark.classList.add("on"));
  };

  const go = (record) => {
    if (!record) return;
    record.focus({ preventScroll: true });
    record.scrollIntoView({ block: "start" });
    light(record);
    const words = record.closest(".story").querySelector(".words");
    const mark = words.querySelector("mark.on");
    if (mark && words.scrollHeight > words.clientHeight) {
      words.scrollTop += mark.getBoundingClientRect().top - words.getBoundingClientRect().top - words.clientHeight / 3;
    }
  };

  const step = (by) => {
    const records = all(".record").filter((one) => !one.hidden && !one.closest(".story").hidden);
    const now = document.querySelector(".record.on");
    const at = records.indexOf(now);
    go(records[now && at >= 0 ? Math.min(records.length - 1, Math.max(0, at + by)) : 0]);
  };

  // The bar of filters may cover what a link or key leads to: tell the style how high it stands.
  const measure = () => {
    const stuck = getComputedStyle(form).position === "sticky" ? form.offsetHeight : 0;
    document.documentElement.style.setProperty("--bar", stuck + "px");
  };
  measure();
  window.addEventListener("resize", measure);

  let waiting = 0;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 120); });
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("focusin", (event) => {
    const record = event.target.closest(".record");
    if (record) light(record);
  });
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("mark[data-r]");
    const behind = event.target.closest(".m[data-r]");
    const number = (mark || behind || { dataset: { r: "" } }).dataset.r.split(" ")
      .find((one) => byId("r" + one) && !byId("r" + one).hidden);
    if (number) go(byId("r" + number));
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches("input, select, textarea");
    const key = event.key;
    if (key === "Escape") {
      if (typing) { if (event.target.id === "f-text") { event.target.value = ""; apply(); } event.target.blur(); }
      light(null);
      if (document.activeElement && document.activeElement.matches(".record")) document.activeElement.blur();
      return;
    }
    if (typing) return;
    const within = event.target.closest && event.target.closest(".record");
    if (key === "/") { event.preventDefault(); byId("f-text").focus(); }
    else if (key === "j" || (within && key === "ArrowDown")) { event.preventDefault(); step(1); }
    else if (key === "k" || (within && key === "ArrowUp")) { event.preventDefault(); step(-1); }
  });
})();
