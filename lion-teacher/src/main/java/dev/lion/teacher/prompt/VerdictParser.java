package dev.lion.teacher.prompt;

import dev.lion.data.FinishReason;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.data.Verdict;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * Reads a referee's reply: the scores, wherever they stand in it, and the evidence around them. Immutable, so any thread may use
 * it.
 *
 * <p>It is tolerant in form (emphasis, bullets, tables, {@code 8/10}, {@code 8.5 out of 10}, {@code 8,5}, {@code eight}, digits
 * of every script, labels in some languages, a remark after the number, both scores on one line, either order, reasoning in
 * {@code <think>} tags) and strict in substance: a score that is missing, outside the scale, on another one, a range, or given
 * twice with different values is an abstention, never a guess. Only a line that starts with a label counts, so a score line
 * that the referee quotes in quotation marks or after {@code >} is evidence. A label such as {@code Answer 1} without the word
 * score heads an answer's text as well: a plain number after it counts only when it ends its line, no other label says that a
 * score follows, and the answer does not have that number in it.
 *
 * <p>What counts is the referee's own. When a score follows the {@linkplain Exhibit#mark() mark} of the message, which no text
 * can contain, only such scores count. Else a score line counts unless its words stand in one of the texts that the referee
 * was shown, but for case, punctuation, emphasis and digits' script. So text that is repeated in a reply, on lines of its own,
 * changes no score: with marks it changes nothing, without them it may make an abstention of a verdict.
 */
public final class VerdictParser {
    private final Scale scale;
    private final Optional<Exhibit> exhibit;

    private VerdictParser(Scale scale, Optional<Exhibit> exhibit) {
        this.scale = Objects.requireNonNull(scale, "scale");
        this.exhibit = exhibit;
    }

    /** Reads replies about what a referee was shown. */
    public static VerdictParser of(Scale scale, Exhibit exhibit) {
        return new VerdictParser(scale, Optional.of(exhibit));
    }

    /** The verdict in a complete reply about texts that nobody knows, from 1 to 10, with the tokens that the reply took. */
    public static Verdict parse(String reply, TokenUsage usage) {
        return on(Scale.ONE_TO_TEN).read(new Response(reply, FinishReason.STOP, usage));
    }

    /** The same in a reply that was cut by length. */
    public static Verdict parseCut(String reply, TokenUsage usage) {
        return on(Scale.ONE_TO_TEN).read(new Response(reply, FinishReason.LENGTH, usage));
    }

    /** Reads replies on a scale about texts that nobody knows. */
    static VerdictParser on(Scale scale) {
        return new VerdictParser(scale, Optional.empty());
    }

    /**
     * The verdict in a reply of lines. The last line of one that was cut by length counts for nothing, as the 10 in it may have
     * become 1.
     */
    public Verdict read(Response reply) {
        boolean cut = reply.finishReason() == FinishReason.LENGTH;
        String complete = cut ? reply.text().substring(0, reply.text().lastIndexOf('\n') + 1) : reply.text();
        boolean isQuotable =
                exhibit.filter(shown -> shown.hasLiterally(Reasoning.CLOSE)).isPresent();
        List<String> lines = Reasoning.strip(complete, isQuotable).lines().toList();
        String hint = cut ? "; the reply was cut by the limit on its length" : "";
        return verdict(lines, reply.usage(), hint);
    }

    private Verdict verdict(List<String> lines, TokenUsage usage, String hint) {
        Optional<Claims> marked = exhibit.map(shown -> new Claims(scale).readMarked(lines, shown.mark()))
                .filter(claims -> !claims.found().isEmpty());
        if (marked.isPresent()) {
            return verdict(marked.get(), words -> false, usage, hint);
        }
        Optional<PlainText> texts = exhibit.map(Exhibit::plain);
        Predicate<String> isRepeated =
                words -> texts.filter(shown -> shown.contains(words)).isPresent();
        return verdict(new Claims(scale).readAll(lines), isRepeated, usage, hint);
    }

    private Verdict verdict(Claims claims, Predicate<String> isRepeated, TokenUsage usage, String hint) {
        List<Claim> scores = BareClaims.drop(claims.found(), exhibit);
        ScoreTally first = new ScoreTally(1).add(scores, isRepeated);
        ScoreTally second = new ScoreTally(2).add(scores, isRepeated);
        OptionalDouble one = first.score();
        OptionalDouble two = second.score();
        if (one.isEmpty() || two.isEmpty()) {
            String fault = one.isEmpty() ? name(1) + first.fault() : name(2) + second.fault();
            return new Verdict.Abstained(fault + hint, usage);
        }
        return new Verdict.Scored(one.getAsDouble(), two.getAsDouble(), claims.evidence(), usage);
    }

    private String name(int answer) {
        return scale instanceof Scale.Preference ? "the preference" : "the score of answer " + answer;
    }
}
