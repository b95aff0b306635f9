package dev.lion.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation: its links, its headings as anchors, its Java, and what else is set as code. */
record MarkdownPage(Path file, String text) {
    private static final Pattern FENCE =
            Pattern.compile("^( *)```(\\w*)\n(.*?)\n\\1```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern INDENTED = Pattern.compile("(?:^|\n\n)((?: {4,}.*(?:\n|$))+)");
    private static final Pattern INLINE = Pattern.compile("`([^`\n]+)`");
    private static final Pattern LINK = Pattern.compile("(?<!!)\\[[^]]*]\\(([^)\\s]+)\\)|(?:src|href)=\"([^\"]+)\"");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.*?) *$", Pattern.MULTILINE);

    static MarkdownPage read(Path file) throws IOException {
        return new MarkdownPage(file, Files.readString(file));
    }

    /** The fenced blocks of one language. */
    List<String> blocks(String language) {
        return FENCE.matcher(text)
                .results()
                .filter(match -> match.group(2).equals(language))
                .map(match -> match.group(3).stripIndent())
                .toList();
    }

    /** Lines and inline pieces of code, but for Java and XML; a line that ends in a backslash with the next one. */
    Stream<String> code() {
        String shell = FENCE.matcher(text)
                .replaceAll(match -> match.group(2).isEmpty() || match.group(2).equals("sh")
                        ? "\n" + match.group(3).indent(4).replace("\\", "\\\\").replace("$", "\\$")
                        : "");
        Stream<String> lines = INDENTED.matcher(shell)
                .results()
                .flatMap(match -> match.group(1).replaceAll("\\\\\n *", " ").lines());
        Stream<String> pieces = INLINE.matcher(withoutFences()).results().map(match -> match.group(1));
        return Stream.concat(lines, pieces).map(String::strip).filter(code -> !code.isEmpty());
    }

    /** Where links and pictures lead, but for addresses of the web. */
    List<String> relativeLinks() {
        return LINK.matcher(INLINE.matcher(withoutFences()).replaceAll("code"))
                .results()
                .map(MarkdownPage::target)
                .filter(target -> !target.matches("[a-z]+:.*"))
                .toList();
    }

    private static String target(MatchResult link) {
        return link.group(1) == null ? link.group(2) : link.group(1);
    }

    /** The fragments by which headings are linked to, as GitHub makes them. */
    List<String> anchors() {
        Map<String, Integer> taken = new HashMap<>();
        List<String> anchors = new ArrayList<>();
        HEADING.matcher(withoutFences()).results().forEach(match -> {
            String anchor = match.group(1)
                    .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            int before = taken.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        });
        return anchors;
    }

    private String withoutFences() {
        return FENCE.matcher(text).replaceAll("");
    }
}
