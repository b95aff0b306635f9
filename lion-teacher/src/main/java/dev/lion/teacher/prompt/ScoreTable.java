package dev.lion.teacher.prompt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A markdown table with a column for each answer. What counts is the row of the score: that which says so, or all rows when
 * none is named.
 *
 * @param claims what it says of the scores; perhaps nothing
 * @param end the line after it; the line that was asked about when no table begins there
 */
record ScoreTable(List<Claim> claims, int end) {
    private static final Pattern SCORE_ROW = Pattern.compile(
            "[\\s*_`]*+(?:the\\s{1,2})?(?:overall|final|total)?\\s{0,2}(?:score|rating)s?[\\s*_`]*+(?:\\([^()]{0,30}\\))?[\\s*_`:]*+",
            Pattern.CASE_INSENSITIVE);

    /** The columns of the two answers. */
    private record Columns(int first, int second, int count, boolean explicit) {
        boolean areAll() {
            return count == 2;
        }
    }

    /** The table that begins on a line. */
    static ScoreTable at(List<String> lines, int index, Scale.Points scale) {
        ScoreTable none = new ScoreTable(List.of(), index);
        if (index + 2 >= lines.size() || lines.get(index).indexOf('|') < 0 || !isRule(lines.get(index + 1))) {
            return none;
        }
        List<String> head = cells(lines.get(index));
        int first = column(head, 1);
        int second = column(head, 2);
        if (first < 0 || second < 0) {
            return none;
        }
        boolean explicit = isExplicit(head.get(first)) && isExplicit(head.get(second));
        return read(lines, index + 2, new Columns(first, second, head.size(), explicit), scale);
    }

    private static boolean isExplicit(String label) {
        return ScoreLine.read(label).get(0).explicit();
    }

    private static boolean isRule(String line) {
        return line.indexOf('-') >= 0
                && line.chars().allMatch(c -> Character.isWhitespace(c) || "|:+-".indexOf(c) >= 0);
    }

    private static int column(List<String> head, int answer) {
        for (int i = 0; i < head.size(); i++) {
            List<ScoreLine.Labelled> labels = ScoreLine.read(head.get(i));
            if (labels.size() == 1
                    && labels.get(0).answer() == answer
                    && labels.get(0).value().isBlank()) {
                return i;
            }
        }
        return -1;
    }

    private static ScoreTable read(List<String> lines, int start, Columns columns, Scale.Points scale) {
        List<Claim> claims = new ArrayList<>();
        int end = start;
        while (end < lines.size() && lines.get(end).indexOf('|') >= 0) {
            List<String> row = cells(lines.get(end));
            if (row.size() == columns.count() && isScore(row, columns)) {
                claims.add(claim(1, row.get(columns.first()), row, columns, scale));
                claims.add(claim(2, row.get(columns.second()), row, columns, scale));
            }
            end++;
        }
        return new ScoreTable(claims, end);
    }

    private static Claim claim(int answer, String cell, List<String> row, Columns columns, Scale.Points scale) {
        boolean saysScore = columns.explicit() || SCORE_ROW.matcher(row.get(0)).matches();
        return new Claim(
                answer,
                ScoreValue.read(cell, scale),
                String.join(" ", row),
                saysScore ? Optional.empty() : ScoreValue.bare(cell).map(BareValue::inTable));
    }

    private static boolean isScore(List<String> row, Columns columns) {
        return columns.areAll() || SCORE_ROW.matcher(row.get(0)).matches();
    }

    private static List<String> cells(String line) {
        String row = PlainLine.of(line).strip();
        String inner = row.substring(
                row.startsWith("|") ? 1 : 0, row.endsWith("|") && row.length() > 1 ? row.length() - 1 : row.length());
        return Arrays.stream(inner.split("\\|", -1)).map(String::strip).toList();
    }
}
