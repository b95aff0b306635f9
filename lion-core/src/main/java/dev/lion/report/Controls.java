package dev.lion.report;

import java.util.Map;

/**
 * What a reader narrows a list with: a search and choices. They are hidden until the page's script has found them, since
 * without it they would do nothing. The list's container has the attribute {@code data-filter}, each entry
 * {@code data-item} and {@code data-*} for the choices.
 */
final class Controls {
    private final String id;
    private final Element bar =
            Element.of("div", "controls").with("hidden", "hidden").with("role", "search");

    private Controls(String id) {
        this.id = id;
    }

    /** Controls whose ids begin with a word that is unique within the page. */
    static Controls of(String id) {
        return new Controls(id);
    }

    /** A search in the text of the entries. */
    Controls text(String label, String hint) {
        Element input = Element.of("input")
                .with("type", "search")
                .with("id", id + "-text")
                .with("data-by", "text")
                .with("placeholder", hint)
                .with("autocomplete", "off")
                .with("spellcheck", "false");
        bar.add(labelled(label, id + "-text", input));
        return this;
    }

    /** A choice by equality with {@code data-<name>}: what is shown, by value; everything comes first, by itself. */
    Controls choice(String name, String label, Map<String, String> options) {
        return select(name, label, options, "equal");
    }

    /** A choice of entries whose number {@code data-<name>} is at least the chosen one. */
    Controls atLeast(String name, String label, Map<String, String> options) {
        return select(name, label, options, "least");
    }

    private Controls select(String name, String label, Map<String, String> options, String how) {
        Element select = Element.of("select")
                .with("id", id + "-" + name)
                .with("data-by", name)
                .with("data-how", how)
                .add(Element.of("option").with("value", "").text("all"));
        options.forEach((value, words) ->
                select.add(Element.of("option").with("value", value).text(words)));
        bar.add(labelled(label, id + "-" + name, select));
        return this;
    }

    private static Element labelled(String label, String control, Element element) {
        return Element.of("label").with("for", control).add(Element.of("span").text(label), element);
    }

    Element render() {
        return bar.add(Element.of("p", "count").with("role", "status"));
    }
}
