package dev.lion.teacher.prompt;

import dev.lion.teacher.prompt.ScoreLine.Labelled;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Finds in a reply what it says of the scores, and what of it is evidence. For one reply and one thread. */
final class Claims {
    /** What may stand between a mark and the label that it is put before. */
    private static final Pattern AFTER_MARK = Pattern.compile("^[\\s\\])}>:*_`'\"~|.]*+");

    private final Scale scale;
    private final List<Claim> found = new ArrayList<>();
    private final List<String> evidence = new ArrayList<>();

    Claims(Scale scale) {
        this.scale = scale;
    }

    List<Claim> found() {
        return found;
    }

    String evidence() {
        return String.join("\n", evidence).strip();
    }

    /** Reads only what follows the mark on its line: the referee's own words for certain. */
    Claims readMarked(List<String> lines, String mark) {
        for (String line : lines) {
            List<Claim> claims = marked(line, mark);
            found.addAll(claims);
            if (claims.isEmpty()) {
                evidence.add(line);
            }
        }
        return this;
    }

    private List<Claim> marked(String line, String mark) {
        String lower = line.toLowerCase(Locale.ROOT);
        List<Claim> claims = new ArrayList<>();
        // lower case may be of another length in some scripts; the part after the mark is then read from that
        String text = lower.length() == line.length() ? line : lower;
        int at = lower.indexOf(mark);
        while (at >= 0) {
            int from = at + mark.length();
            at = lower.indexOf(mark, from);
            String rest = PlainLine.of(text.substring(from, at < 0 ? text.length() : at));
            claims.addAll(ownWords(AFTER_MARK.matcher(rest).replaceFirst("")));
        }
        return claims;
    }

    /** A second label after one mark is not covered by it, and the form itself is no claim. */
    private List<Claim> ownWords(String rest) {
        if (!(scale instanceof Scale.Points points)) {
            return Claim.preference(rest);
        }
        return ScoreLine.read(rest).stream()
                .limit(1)
                .filter(label -> label.isScore() && !isForm(label.value()))
                .map(label -> claim(label, points))
                .toList();
    }

    private static boolean isForm(String value) {
        return value.replaceAll("[^\\p{L}\\p{N}]", "").equalsIgnoreCase("n");
    }

    /** Reads every line that begins as a statement of a score, and tables. */
    Claims readAll(List<String> lines) {
        int next = 0;
        while (next < lines.size()) {
            next = scale instanceof Scale.Points points ? readPoints(lines, next, points) : readPreference(lines, next);
        }
        return this;
    }

    private int readPreference(List<String> lines, int index) {
        List<Claim> claims = Claim.preference(PlainLine.of(lines.get(index)));
        return note(claims, lines.get(index), index + 1);
    }

    private int readPoints(List<String> lines, int index, Scale.Points points) {
        ScoreTable table = ScoreTable.at(lines, index, points);
        if (table.end() > index) {
            return note(table.claims(), String.join("\n", lines.subList(index, table.end())), table.end());
        }
        List<Labelled> labels = ScoreLine.read(PlainLine.of(lines.get(index)));
        if (labels.size() == 1 && labels.get(0).value().isBlank()) {
            int below = nextFilled(lines, index);
            String number = below < lines.size() ? PlainLine.of(lines.get(below)) : "";
            if (ScoreValue.isWholeLine(number)) {
                return note(List.of(claim(labels.get(0).withValue(number), points)), "", below + 1);
            }
        }
        List<Claim> claims = labels.stream()
                .filter(Labelled::isScore)
                .map(label -> claim(label, points))
                .toList();
        return note(claims, lines.get(index), index + 1);
    }

    private static Claim claim(Labelled label, Scale.Points points) {
        return new Claim(label.answer(), ScoreValue.read(label.value(), points), label.claim(), label.bare());
    }

    private int note(List<Claim> claims, String line, int next) {
        found.addAll(claims);
        if (claims.isEmpty()) {
            evidence.add(line);
        }
        return next;
    }

    private static int nextFilled(List<String> lines, int index) {
        int next = index + 1;
        while (next < lines.size() && lines.get(next).isBlank()) {
            next++;
        }
        return next;
    }
}
