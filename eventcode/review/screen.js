"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const data = JSON.parse(byId("data").textContent);
  const token = document.querySelector("meta[name=token]").content;
  const form = byId("cells");
  const said = byId("said");
  const told = { accept: "Accepted", reject: "Rejected", correct: "Corrected", add: "Added by hand",
    complete: "Nothing is missing" };
  // What no second event has from the one that its form begins with: ids, and the text written about that one.
  const own = ["id", "relid", "event_id_cnty", "notes", "event_text"];
  let steps = data.steps;
  let now = null;
  let adding = false;
  let busy = false;
  let words = null;

  const make = (tag, text, attributes) => {
    const one = document.createElement(tag);
    if (text) one.textContent = text;
    Object.entries(attributes || {}).forEach(([name, value]) => one.setAttribute(name, value));
    return one;
  };
  let fading = 0;
  const say = (text, fails) => {
    said.textContent = text;
    said.classList.toggle("fails", Boolean(fails));
    clearTimeout(fading);
    if (!fails) fading = setTimeout(() => { said.textContent = ""; }, 4000);
  };

  const ask = async (path, body) => {
    const sent = body === undefined ? {} : { method: "POST", body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", "X-Review-Token": token } };
    let answer;
    try {
      answer = await fetch(path, { ...sent, headers: { Accept: "application/json", ...sent.headers } });
    } catch (problem) {
      throw new Error("The server does not answer. Decisions that were told as kept are kept; start it again with "
        + "eventcode review, and open the address that it prints.");
    }
    const got = await answer.json();
    if (!answer.ok) throw Object.assign(new Error(got.error), { faults: got.faults });
    return got;
  };

  const at = () => steps.findIndex(([id]) => now && id === now.id);
  const progress = () => {
    const done = steps.filter(([, kind]) => kind).length;
    byId("done").max = Math.max(1, steps.length);
    byId("done").value = done;
    byId("count").textContent = done + " of " + steps.length + " decided";
  };

  const changes = (rows) => {
    const box = byId("changed");
    box.replaceChildren();
    if (!rows.length) return;
    const list = make("ul");
    rows.forEach(([name, before, after]) => {
      const line = make("li", name + ": ");
      line.append(make("del", before || "(empty)"), " → ", make("ins", after || "(empty)"));
      list.append(line);
    });
    box.append(make("h3", "Corrected"), list);
  };

  const light = (number) => {
    all("mark.on", byId("body")).forEach((one) => one.classList.remove("on"));
    const mine = all("mark[data-r]", byId("body")).filter((one) => one.dataset.r.split(" ").includes(String(number)));
    mine.forEach((one) => one.classList.add("on"));
    const pane = byId("article");
    if (mine.length) {
      pane.scrollTop += mine[0].getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
    } else pane.scrollTop = 0;
  };

  // The server has made `html`, `card` and `about` of escaped text; all else is put in as text.
  const show = (step) => {
    now = step;
    leave();
    byId("heading").textContent = step.heading;
    byId("about").innerHTML = step.about;
    byId("body").innerHTML = step.html;
    byId("card").innerHTML = step.card;
    const place = " (" + (at() + 1) + " of " + steps.length + ")";
    byId("what").textContent = { record: "Record " + step.number + place, added: "An event added by hand" + place,
      article: "Is an event missing in this article?" + place }[step.what];
    byId("verdict").textContent = told[step.kind] || "Not decided yet";
    byId("verdict").dataset.kind = step.kind;
    byId("remark").textContent = step.note ? "Note: " + step.note : "";
    changes(step.changed);
    byId("rules").replaceChildren(...(step.rules || []).map(([id, title, passage]) => {
      const line = make("li");
      line.append(make("b", title), " ", make("small", passage + " "), make("code", id));
      return line;
    }));
    const whole = step.what === "article";
    byId("b-accept").firstChild.textContent = whole ? "Nothing is missing " : "Accept ";
    byId("b-reject").hidden = byId("b-correct").hidden = whole;
    light(step.number);
    progress();
    byId("record").focus({ preventScroll: true });
  };

  const go = async (id) => { if (id) show(await ask("/step/" + encodeURIComponent(id))); };
  const next = (by) => {
    const place = at() + by;
    return place >= 0 && place < steps.length ? steps[place][0] : null;
  };
  const undecided = () => {
    const here = at();
    const open = steps.map(([id, kind], n) => [n, id, kind]).filter(([, , kind]) => !kind);
    const after = open.find(([n]) => n > here) || open[0];
    return after ? after[1] : null;
  };

  const after = async (got, text) => {
    steps = got.steps;
    const doubts = (got.warnings || []).map((one) => one.column + ": " + one.message).join(" ");
    const onward = got.go || undecided();
    if (onward) await go(onward);
    else { await go(now.id); text += " Everything is decided."; }
    say(doubts ? text + " Kept, with a doubt: " + doubts : text);
  };
  const act = (work) => async () => {
    if (busy) return;
    busy = true;
    try { await work(); } catch (problem) { say(problem.message, true); } finally { busy = false; }
  };

  const decide = (kind) => act(async () => {
    const verdict = now.what === "article" ? "complete" : kind;
    if (now.what === "article" && kind !== "accept") return;
    await after(await ask("/decide", { step: now.id, kind: verdict }), told[verdict] + ".");
  });

  const leave = () => {
    form.hidden = byId("note").hidden = true;
    adding = false;
    words = null;
  };

  const input = (field) => {
    const label = make("label", field.name + (field.required ? " *" : ""));
    const id = "f-" + field.name;
    let one;
    if (field.options.length && field.kind !== "list") {
      one = make("select", "", { id });
      one.append(make("option", "", { value: "" }), ...field.options.map(([code, title]) =>
        make("option", title ? code + "  " + title : code, { value: code })));
    } else {
      const long = field.kind === "nested" || field.name === "notes";
      one = make(long ? "textarea" : "input", "", { id, autocomplete: "off", spellcheck: "false" });
      if (long) one.rows = 3;
      const offers = field.options.length ? field.options : field.offers.map((value) => [value, ""]);
      if (offers.length) {
        one.setAttribute("list", "o-" + field.name);
        const list = make("datalist", "", { id: "o-" + field.name });
        list.append(...offers.map(([value, title]) => make("option", title, { value })));
        label.append(list);
      }
      if (field.kind === "list") one.placeholder = "several: with semicolons";
      if (field.kind === "date") one.placeholder = "YYYY-MM-DD";
      if (long) label.className = "wide-field";
    }
    one.name = field.name;
    label.append(one);
    return label;
  };
  // What is corrected most comes first, the other columns after it in the codebook's order.
  const order = [...data.first.map((name) => data.fields.find((one) => one.name === name)),
    ...data.fields.filter((one) => !data.first.includes(one.name))];
  byId("fields").append(...order.map(input));
  const fields = all("input, select, textarea", byId("fields"));

  const fill = (cells) => fields.forEach((one) => {
    if (one.classList.contains("touched")) return;
    const value = cells[one.name] || "";
    if (one.tagName === "SELECT" && value && !Array.from(one.options).some((option) => option.value === value)) {
      one.append(make("option", value, { value }));
    }
    one.value = value;
  });
  const touched = () => Object.fromEntries(fields.filter((one) => one.classList.contains("touched"))
    .map((one) => [one.name, one.value]));
  const faults = (found, only) => {
    const shown = found.filter((one) => !only || only(one));
    byId("faults").replaceChildren(...shown.map((one) =>
      make("p", (one.severity === "warning" ? "(may be meant) " : "") + one.column + ": " + one.message)));
    fields.forEach((one) => {
      const wrong = shown.some((fault) => fault.column === one.name);
      one.classList.toggle("wrong", wrong);
      if (wrong) one.setAttribute("aria-invalid", "true"); else one.removeAttribute("aria-invalid");
    });
  };

  // What is selected in the article, in characters of the text as it is shown; marks of what is left out do not count.
  const length = (range) => {
    const part = range.cloneContents();
    all(".gap", part).forEach((one) => one.remove());
    return Array.from(part.textContent).length;
  };
  const selected = () => {
    const selection = getSelection();
    const body = byId("body");
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!body.contains(range.startContainer) || !body.contains(range.endContainer)) return null;
    const before = document.createRange();
    before.selectNodeContents(body);
    before.setEnd(range.startContainer, range.startOffset);
    const start = length(before);
    return { start, end: start + length(range), words: selection.toString() };
  };
  const written = (text) => {
    const body = document.createRange();
    body.selectNodeContents(byId("body"));
    const part = body.cloneContents();
    all(".gap", part).forEach((one) => one.remove());
    const place = text ? part.textContent.indexOf(text) : -1;
    if (place < 0) return null;
    const start = Array.from(part.textContent.slice(0, place)).length;
    return { start, end: start + Array.from(text).length, words: text };
  };

  const open = (cells, title) => {
    form.hidden = false;
    byId("cells-h").textContent = title;
    byId("missing").hidden = !adding;
    fields.forEach((one) => one.classList.remove("touched"));
    faults([]);
    fill(cells);
  };
  const correct = () => {
    if (!now || now.what === "article") return;
    leave();
    open(now.cells, "Correct this record");
    const first = byId("f-" + data.first[0]);
    first.focus();
    first.scrollIntoView({ block: "nearest" });
  };
  const missing = () => {
    const marked = selected();
    leave();
    adding = true;
    words = marked;
    open({}, "An event that is missing");
    byId("words").value = marked ? marked.words : "";
    const begin = byId("begin");
    begin.replaceChildren(make("option", "an empty form", { value: "" }), ...steps
      .filter(([id, , article]) => article === steps[at()][2] && id[0] !== "a")
      .map(([id]) => make("option", id[0] === "r" ? "record " + (Number(id.slice(1)) + 1) : "an added event", { value: id })));
    if (now.what !== "article") begin.value = "";
    (marked ? byId("f-" + data.first[0]) : byId("words")).focus();
  };
  const begun = act(async () => {
    const from = byId("begin").value;
    fields.forEach((one) => one.classList.remove("touched"));
    fill({});
    if (!from) return;
    const cells = (await ask("/step/" + encodeURIComponent(from))).cells;
    fill({ ...cells, ...Object.fromEntries(own.map((name) => [name, ""])) });
    fields.forEach((one) => one.classList.toggle("touched", one.value !== ""));
  });
  const follow = async () => {
    const mine = now.id;
    try {
      const got = await ask("/check", { step: adding ? null : now.id, cells: touched() });
      if (now.id !== mine || form.hidden) return;
      fill(got.cells);
      const known = touched();
      faults(got.faults, (one) => !adding || one.column in known);
    } catch (problem) { say(problem.message, true); }
  };
  const save = act(async () => {
    const cells = touched();
    try {
      if (!adding) {
        await after(await ask("/decide", { step: now.id, kind: "correct", cells }), "Saved.");
        return;
      }
      const place = words && words.words === byId("words").value ? words : written(byId("words").value.trim());
      if (!place) throw new Error("Select the words of the article that tell the event, or write them as they stand there.");
      await after(await ask("/add", { step: now.id, cells, ...place }), "Added.");
    } catch (problem) {
      if (!problem.faults) throw problem;
      faults(problem.faults);
      say("Not saved: " + problem.faults.filter((one) => one.severity === "error").length + " faults", true);
      const wrong = fields.find((one) => one.classList.contains("wrong"));
      if (wrong) wrong.focus();
    }
  });

  const note = () => {
    leave();
    byId("note").hidden = false;
    byId("note-text").value = now.note;
    byId("note-text").focus();
  };
  const keep = act(async () => {
    steps = (await ask("/note", { step: now.id, note: byId("note-text").value })).steps;
    await go(now.id);
    say("Noted.");
  });
  const undo = act(async () => {
    const got = await ask("/undo", {});
    steps = got.steps;
    await go(got.go);
    say("Taken back.");
  });

  const doing = { a: decide("accept"), r: decide("reject"), c: correct, m: missing, n: note, u: undo,
    j: act(() => go(next(1))), k: act(() => go(next(-1))), o: act(() => go(undecided())) };
  doing.ArrowRight = doing.j;
  doing.ArrowLeft = doing.k;
  Object.entries({ accept: "a", reject: "r", correct: "c", missing: "m", note: "n", undo: "u", next: "j", back: "k",
    open: "o" }).forEach(([name, key]) => {
    const button = byId("b-" + name);
    if (name === "missing") button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => doing[key]());
  });
  all(".leave").forEach((one) => one.addEventListener("click", () => { leave(); byId("record").focus(); }));
  fields.forEach((one) => {
    one.addEventListener("input", () => one.classList.add("touched"));
    one.addEventListener("change", () => { one.classList.add("touched"); follow(); });
  });
  byId("begin").addEventListener("change", begun);
  form.addEventListener("submit", (event) => { event.preventDefault(); save(); });
  byId("note").addEventListener("submit", (event) => { event.preventDefault(); keep(); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { leave(); byId("record").focus(); return; }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.tagName === "TEXTAREA") {
      event.preventDefault();
      (event.target.id === "note-text" ? keep : save)();
      return;
    }
    if (event.key === "Enter" && event.target.matches("#fields select")) { event.preventDefault(); save(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
    if (doing[event.key] && now) { event.preventDefault(); doing[event.key](); }
  });
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("#body mark[data-r]");
    if (!mark || !getSelection().isCollapsed) return;
    const other = steps.find(([id]) => id === "r" + (Number(mark.dataset.r.split(" ")[0]) - 1));
    if (other && other[0] !== now.id && !mark.dataset.r.split(" ").includes(String(now.number))) act(() => go(other[0]))();
  });
  act(async () => {
    if (!steps.length) { byId("what").textContent = "This run has no article."; return; }
    await go(undecided() || steps[0][0]);
  })();
})();
