package dev.lion.report;

/** The parts that all charts share. */
final class Svg {
    private Svg() {}

    /** A chart that scales with the page, with a title and a description for those who cannot see it. */
    static Element chart(String id, String title, String description, double width, double height) {
        return described(id, title, description)
                .with("viewBox", "0 0 " + Figures.coordinate(width) + " " + Figures.coordinate(height));
    }

    /** A chart as wide as its place, whose text keeps its size; horizontal places are per cent. */
    static Element fluid(String id, String title, String description, double height) {
        return described(id, title, description).with("width", "100%").with("height", height);
    }

    private static Element described(String id, String title, String description) {
        return Element.of("svg")
                .with("role", "img")
                .with("aria-labelledby", id + "-t " + id + "-d")
                .add(Element.of("title").with("id", id + "-t").text(title))
                .add(Element.of("desc").with("id", id + "-d").text(description));
    }

    static Element line(String cssClass, double x1, double y1, double x2, double y2) {
        return Element.of("line", cssClass)
                .with("x1", x1)
                .with("y1", y1)
                .with("x2", x2)
                .with("y2", y2);
    }

    /** Text that starts, is centred or ends at a place: {@code anchor} is start, middle or end. */
    static Element text(String cssClass, double x, double y, String anchor, String text) {
        return Element.of("text", cssClass)
                .with("x", x)
                .with("y", y)
                .with("text-anchor", anchor)
                .text(text);
    }

    static Element path(String cssClass, CharSequence commands) {
        return Element.of("path", cssClass).with("d", commands.toString());
    }

    /** Appends a point to a path: a move if it is the first, else a line. */
    static void append(StringBuilder path, double x, double y) {
        path.append(path.length() == 0 ? "M" : "L")
                .append(Figures.coordinate(x))
                .append(' ')
                .append(Figures.coordinate(y));
    }

    /** What a pointer that rests on the element is told. */
    static Element hint(Element element, String text) {
        return element.add(Element.of("title").text(text));
    }
}
