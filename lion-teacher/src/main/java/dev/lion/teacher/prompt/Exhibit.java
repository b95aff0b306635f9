package dev.lion.teacher.prompt;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a referee is shown of one comparison: the three texts in their frames, and the mark that its verdict must carry, which
 * none of the texts contains. Immutable, so any thread may use it.
 */
public final class Exhibit {
    private final List<Excerpt> texts;
    private final Frame frame;

    private Exhibit(List<Excerpt> texts, Frame frame) {
        this.texts = texts;
        this.frame = frame;
    }

    /**
     * What is shown of an instruction and two answers.
     *
     * @param limit the most characters of each text that are shown; of a longer one its beginning and its end;
     *     not negative
     * @param seed makes requests about equal texts differ; 0 for the usual one
     */
    public static Exhibit of(String instruction, String first, String second, int limit, long seed) {
        List<Excerpt> texts = Stream.of(instruction, first, second)
                .map(text -> Excerpt.of(text, limit))
                .toList();
        return new Exhibit(texts, Frame.around(seed, parts(texts)));
    }

    private static List<String> parts(List<Excerpt> texts) {
        return texts.stream()
                .flatMap(text -> Stream.of(text.head(), text.tail()))
                .toList();
    }

    /** The values of the placeholders <code>{code}</code>, <code>{instruction}</code>, <code>{first}</code>, <code>{second}</code>. */
    public Map<String, String> values() {
        return Map.of(
                "code", frame.code(),
                "instruction", frame.wrap("INSTRUCTION", texts.get(0)),
                "first", frame.wrap("ANSWER 1", texts.get(1)),
                "second", frame.wrap("ANSWER 2", texts.get(2)));
    }

    /** Eight letters that only this message's author knows; they occur in none of its texts. */
    public String mark() {
        return frame.mark();
    }

    /** How many of the texts are not shown whole. */
    public int cut() {
        return Math.toIntExact(texts.stream().filter(Excerpt::isCut).count());
    }

    /** The texts as words, to tell what of a reply is repeated from them; made anew at each call. */
    PlainText plain() {
        return new PlainText(parts(texts));
    }

    /** What is shown of an answer, 1 or 2. */
    List<String> partsOfAnswer(int answer) {
        return parts(List.of(texts.get(answer)));
    }

    /** Whether one of the texts has this sign in it, such as the tag that ends a model's reasoning. */
    boolean hasLiterally(String sign) {
        return parts(texts).stream().anyMatch(text -> text.contains(sign));
    }
}
