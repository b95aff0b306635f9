package dev.lion.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An element of the page under construction. Every text and every attribute value is escaped; the page's own stylesheet
 * and script are the exceptions, and they cannot leave their elements. The markup is valid as HTML and as XML.
 */
final class Element {
    private static final Set<String> VOID = Set.of("meta", "input");
    private static final Set<String> ON_A_NEW_LINE = Set.of(
            "head", "style", "script", "title", "meta", "body", "header", "section", "article", "svg", "table", "tr",
            "li");

    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<Consumer<StringBuilder>> children = new ArrayList<>();

    private Element(String name) {
        this.name = name;
    }

    static Element of(String name) {
        return new Element(name);
    }

    static Element of(String name, String cssClass) {
        return new Element(name).with("class", cssClass);
    }

    /** The page's own style, which must hold nothing that could end its element. */
    static Element stylesheet(String css) {
        return raw("style", css);
    }

    /** The page's own script, which must hold nothing that could end its element, or that XML reads otherwise than HTML. */
    static Element script(String code) {
        return raw("script", code);
    }

    private static Element raw(String name, String content) {
        if (content.contains("<") || content.contains("&")) {
            throw new IllegalArgumentException("a " + name + " must contain neither '<' nor '&'");
        }
        Element element = new Element(name);
        element.children.add(out -> out.append(content));
        return element;
    }

    Element with(String attribute, String value) {
        attributes.put(attribute, value);
        return this;
    }

    /** An attribute that is a length or a place in a chart, written with at most two decimals. */
    Element with(String attribute, double value) {
        return with(attribute, Figures.coordinate(value));
    }

    Element text(String text) {
        children.add(out -> out.append(Escaping.escape(text)));
        return this;
    }

    Element add(Element... elements) {
        return add(List.of(elements));
    }

    Element add(List<Element> elements) {
        elements.forEach(child -> children.add(child::write));
        return this;
    }

    String markup() {
        StringBuilder out = new StringBuilder();
        write(out);
        return out.toString();
    }

    private void write(StringBuilder out) {
        if (ON_A_NEW_LINE.contains(name)) {
            out.append('\n');
        }
        out.append('<').append(name);
        attributes.forEach((key, value) -> out.append(' ')
                .append(key)
                .append("=\"")
                .append(Escaping.escape(value))
                .append('"'));
        if (VOID.contains(name)) {
            out.append(" />");
            return;
        }
        out.append('>');
        children.forEach(child -> child.accept(out));
        out.append("</").append(name).append('>');
    }
}
