"use strict";
// Asks how the run is, and exchanges the report for a newer one without losing the reader's place.
(function () {
  const PAUSE = 2000;
  const NEAR = 90;
  const state = document.getElementById("state");
  const seen = document.getElementById("seen");
  const reports = document.getElementById("reports");
  let shown = null;
  let version = "";

  function say(phase, words) {
    if (state.textContent !== words) {
      state.textContent = words;
      document.title = words;
    }
    state.className = phase;
  }

  async function look() {
    try {
      const reply = await fetch("/status", { cache: "no-store" });
      if (reply.ok) {
        const status = await reply.json();
        say(status.phase, status.words);
        if (status.version !== "" && status.version !== version) {
          await exchange(status.version);
        }
      } else {
        say("lost", await reply.text());
      }
    } catch (failure) {
      say("lost", "The watch has ended; what is here stays as it was.");
    }
    setTimeout(look, PAUSE);
  }

  function exchange(newer) {
    return new Promise((done) => {
      const frame = document.createElement("iframe");
      frame.title = "The report";
      frame.className = "pending";
      frame.addEventListener("load", () => {
        const page = frame.contentDocument;
        if (page && page.querySelector("main")) {
          const older = shown;
          if (older) {
            carry(older.contentWindow, frame.contentWindow);
          }
          frame.className = "";
          shown = frame;
          version = newer;
          seen.textContent = "as of " + new Date().toLocaleTimeString();
          if (older) {
            older.remove();
          }
        } else {
          seen.textContent = page && page.body ? page.body.textContent : ""; // why there is no report
          frame.remove();
        }
        done();
      }, { once: true });
      frame.src = "/report?version=" + encodeURIComponent(newer);
      reports.append(frame);
    });
  }

  // what the reader has done to the page, done to the newer one
  function carry(from, to) {
    const older = from.document;
    const newer = to.document;
    const folded = named(newer, "details", false);
    named(older, "details", false).forEach((element, name) => {
      const same = folded.get(name);
      if (same) {
        same.open = element.open;
      } else if (element.open && element.hasAttribute("data-item")) {
        keep(element, newer);
      }
    });
    for (const control of older.querySelectorAll("input[id], select[id]")) {
      const same = newer.getElementById(control.id);
      if (same) {
        if (control.type === "radio") {
          same.checked = control.checked;
        } else {
          same.value = control.value;
        }
      }
    }
    for (const bar of newer.querySelectorAll(".controls")) {
      bar.dispatchEvent(new to.Event("input"));
    }
    place(from, to);
    focus(older, newer);
  }

  // a sample that is being read stays, though the newer page chose others
  function keep(sample, page) {
    const controls = page.querySelector(".explorer .controls");
    if (controls) {
      controls.after(page.importNode(sample, true));
    }
  }

  // elements by what they are about: their sample and words, and the how manieth of like ones
  function named(page, selector, places) {
    const times = new Map();
    const names = new Map();
    for (const element of page.querySelectorAll(selector)) {
      const section = element.closest("section");
      const sample = element.closest("[data-id]");
      const words = places || !element.querySelector("summary") ? element : element.querySelector("summary");
      const what = [
        section ? section.id : "",
        sample ? sample.dataset.id + " " + (sample.dataset.iteration || "") : "",
        element.className,
        element.hasAttribute("data-id") ? "" : words.textContent.slice(0, 80),
      ].join("|");
      const time = (times.get(what) || 0) + 1;
      times.set(what, time);
      names.set(what + "|" + time, element);
    }
    return names;
  }

  // the last heading or sample above the reader's eyes stays where it was
  function place(from, to) {
    const selector = "h2, h3, [data-id]";
    const newer = named(to.document, selector, true);
    let anchor = null;
    named(from.document, selector, true).forEach((element, name) => {
      const top = element.getBoundingClientRect().top;
      const seenNow = element.getClientRects().length > 0;
      if (seenNow && top <= NEAR && newer.has(name)) {
        anchor = { name: name, top: top };
      }
    });
    const down = anchor === null
      ? from.scrollY
      : newer.get(anchor.name).getBoundingClientRect().top + to.scrollY - anchor.top;
    to.scrollTo({ top: down, behavior: "instant" });
  }

  function focus(older, newer) {
    const active = older.activeElement;
    const same = active && active.id ? newer.getElementById(active.id) : null;
    if (same && document.activeElement === shown) {
      same.focus({ preventScroll: true });
      if (active.type === "search") {
        same.setSelectionRange(active.selectionStart, active.selectionEnd);
      }
    }
  }

  look();
})();
