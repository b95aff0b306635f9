package dev.lion.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * All that was found out about a student, as one JSON document: benchmarks, contamination, relative quality. Intervals are
 * pairs of the lower and the upper end, with 95 % confidence.
 *
 * @param about what was measured and how, in words, by name
 * @param benchmarks by name, in order
 * @param contamination what of the items was near to a training pool; empty when that was not looked for
 * @param relative the comparison on open questions; empty when there was none
 */
public record EvaluationReport(
        Map<String, String> about,
        Map<String, BenchmarkResult> benchmarks,
        Optional<Contamination> contamination,
        Optional<RelativeResult> relative) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public EvaluationReport {
        about = Collections.unmodifiableMap(new LinkedHashMap<>(about));
        benchmarks = Collections.unmodifiableMap(new LinkedHashMap<>(benchmarks));
        Objects.requireNonNull(contamination, "contamination");
        Objects.requireNonNull(relative, "relative");
    }

    /** The document; the same for equal reports. */
    public String toJson() {
        ObjectNode root = JSON.createObjectNode();
        about.forEach(root.putObject("about")::put);
        if (!benchmarks.isEmpty()) {
            ObjectNode all = root.putObject("benchmarks");
            benchmarks.forEach((name, result) -> put(all.putObject(name), result));
        }
        contamination.ifPresent(seen -> put(root.putObject("contamination"), seen));
        relative.ifPresent(result -> put(root.putObject("relativeQuality"), result));
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(ObjectNode node, BenchmarkResult result) {
        node.put("items", result.items()).put("answers", result.byLikelihood() ? "likeliest choice" : "written");
        put(node.putObject("micro"), result.micro(), result.microChance());
        put(node.putObject("macro"), result.macro(), result.macroChance());
        result.macroOfChoices()
                .ifPresent(choices -> put(node.putObject("macroOfChoices"), choices, result.macroOfChoicesChance()));
        ObjectNode tasks = node.putObject("tasks");
        result.tasks().forEach((name, task) -> {
            ObjectNode each = tasks.putObject(name)
                    .put("correct", task.correct())
                    .put("total", task.total())
                    .put("unread", task.unread())
                    .put("tooLong", task.tooLong());
            put(each, task.accuracy(), task.chance());
        });
    }

    private static void put(ObjectNode node, Estimate estimate, OptionalDouble chance) {
        node.put("accuracy", estimate.value());
        node.putArray("interval").add(estimate.low()).add(estimate.high());
        chance.ifPresent(known -> node.put("chance", known));
    }

    private static void put(ObjectNode node, Contamination seen) {
        node.put("rougeL", seen.leastScore())
                .put("items", seen.items())
                .put("pool", seen.pool())
                .put("near", seen.near().size())
                .put("same", seen.same());
        var nearest = node.putArray("nearest");
        seen.near()
                .forEach(near -> nearest.addObject()
                        .put("item", near.item().fullText())
                        .put("instruction", near.nearest().fullText())
                        .put("score", near.score()));
    }

    private static void put(ObjectNode node, RelativeResult result) {
        node.put("questions", result.questions())
                .put("compared", result.compared().size())
                .put("missing", result.missing().size())
                .put("flipped", result.flipped())
                .put("firstPlaceAdvantage", result.firstPlaceAdvantage());
        result.overall().ifPresent(quality -> put(node.putObject("overall"), quality));
        ObjectNode categories = node.putObject("categories");
        result.categories().forEach((name, quality) -> put(categories.putObject(name), quality));
        var compared = node.putArray("scores");
        result.compared()
                .forEach(each -> compared.addObject()
                        .put("id", each.id())
                        .put("category", each.category())
                        .put("candidate", each.candidate())
                        .put("reference", each.reference()));
        var missing = node.putArray("withoutScores");
        result.missing()
                .forEach(each -> missing.addObject().put("id", each.id()).put("reason", each.reason()));
    }

    private static void put(ObjectNode node, RelativeResult.Quality quality) {
        node.put("compared", quality.compared());
        share(node.putObject("relative"), quality.relative());
        share(node.putObject("wins"), quality.wins());
        share(node.putObject("ties"), quality.ties());
        share(node.putObject("losses"), quality.losses());
    }

    private static void share(ObjectNode node, Estimate estimate) {
        node.put("value", estimate.value());
        node.putArray("interval").add(estimate.low()).add(estimate.high());
    }
}
