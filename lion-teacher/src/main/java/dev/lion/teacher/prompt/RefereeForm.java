package dev.lion.teacher.prompt;

import dev.lion.data.Response;
import dev.lion.data.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a referee is asked for and how its reply is read: the scale, the criteria, and whether the verdict comes as lines or as
 * JSON. Immutable, so any thread may use it.
 *
 * @param scale what is asked for
 * @param criteria what the answers are judged by, in plain text; none for lion's own words
 * @param order whether the evidence or the scores come first
 */
public record RefereeForm(Scale scale, List<String> criteria, VerdictOrder order) {
    /** The placeholders that a referee's prompt must have. */
    public static final Set<String> REQUIRED = Set.of("code", "instruction", "first", "second", "format");

    /** The placeholders that it may have. */
    public static final Set<String> OPTIONAL = Set.of("criteria", "scale");

    public RefereeForm {
        Objects.requireNonNull(scale, "scale");
        Objects.requireNonNull(order, "order");
        criteria = List.copyOf(criteria);
        criteria.forEach(each -> PromptTemplate.usable("a criterion", each));
    }

    /** With the evidence before the scores. */
    public RefereeForm(Scale scale, List<String> criteria) {
        this(scale, criteria, VerdictOrder.EVIDENCE_FIRST);
    }

    /** From 1 to 10, by lion's own words. */
    public static RefereeForm usual() {
        return new RefereeForm(Scale.ONE_TO_TEN, List.of());
    }

    /**
     * A prompt, checked to say what this form needs to have said.
     *
     * @throws IllegalArgumentException if it lacks a placeholder, or has an unknown one
     */
    public ChatPrompt requireSuits(ChatPrompt prompt) {
        Set<String> required = new TreeSet<>(REQUIRED);
        if (!criteria.isEmpty()) {
            required.add("criteria");
        }
        if (!scale.equals(Scale.ONE_TO_TEN)) {
            required.add("scale");
        }
        return prompt.requirePlaceholders(required, OPTIONAL);
    }

    /** The values of a prompt's placeholders. */
    public Map<String, String> values(ChatPrompt prompt, Exhibit exhibit, boolean json) {
        Map<String, String> values = new HashMap<>(exhibit.values());
        values.put("format", format(json).fill(Map.of("mark", exhibit.mark())));
        values.put("criteria", criteriaText());
        values.put("scale", scaleText());
        values.keySet().retainAll(prompt.placeholders());
        return values;
    }

    /** The verdict in a reply; one cut by length or withheld may be one too. */
    public Verdict read(Response reply, Exhibit exhibit, boolean json) {
        return json
                ? JsonVerdict.read(reply, scale, exhibit.mark())
                : VerdictParser.of(scale, exhibit).read(reply);
    }

    private PromptTemplate format(boolean json) {
        if (order == VerdictOrder.SCORES_FIRST) {
            return PromptTemplate.bundled("referee.format.score-first", 1);
        }
        String verdict = scale instanceof Scale.Points ? "score" : "preference";
        String form = json ? "-json" : verdict.equals("score") ? "-lines" : "-line";
        return PromptTemplate.bundled("referee.format." + verdict + form, 1);
    }

    private String criteriaText() {
        return criteria.isEmpty()
                ? PromptTemplate.bundled("referee.criteria.usual", 1).text()
                : PromptTemplate.bundled("referee.criteria.own", 1)
                        .fill(Map.of(
                                "criteria",
                                criteria.stream().map(each -> "- " + each).collect(Collectors.joining("\n"))));
    }

    private String scaleText() {
        if (!(scale instanceof Scale.Points points)) {
            return PromptTemplate.bundled("referee.scale.preference", 1).text();
        }
        return PromptTemplate.bundled("referee.scale.points", 1)
                .fill(Map.of(
                        "low", Scale.Points.plain(points.low()),
                        "high", Scale.Points.plain(points.high()),
                        "steps", points.high() - points.low() > 20 ? "whole points only" : "half points are allowed"));
    }

    /** What decides a verdict beside the prompt itself, by name, for the run manifest. */
    public Map<String, String> fingerprints(boolean json) {
        Map<String, String> fingerprints = new TreeMap<>();
        fingerprints.put("prompt.referee.format", format(json).fingerprint());
        fingerprints.put("prompt.referee.criteria", "sha256:" + PromptTemplate.sha256(criteriaText()));
        fingerprints.put("referee.scale", scale.toString());
        return fingerprints;
    }
}
