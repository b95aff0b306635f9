package dev.lion.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.report.ExperimentResult.Comparison;
import dev.lion.report.ExperimentResult.Point;
import dev.lion.report.ExperimentResult.Published;
import dev.lion.report.ExperimentResult.Run;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Puts an experiment's result into JSON. Figures by name are sorted, since the order of equal maps may differ; settings and
 * provenance keep theirs.
 */
final class ExperimentWriter {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectWriter WRITER = JsonMapper.builder()
            .build()
            .writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"))); // on every system

    private ExperimentWriter() {}

    static String json(ExperimentResult result) {
        ObjectNode node = NODES.objectNode();
        node.put("name", result.name()).put("question", result.question()).put("claim", result.claim());
        node.set("support", texts(result.support()));
        node.set("measures", list(result.measures(), m -> described(m.id(), m.label(), m.description())));
        node.set("arms", list(result.arms(), a -> described(a.id(), a.label(), a.description())));
        node.set("runs", list(result.runs(), ExperimentWriter::run));
        node.set("comparisons", list(result.comparisons(), ExperimentWriter::comparison));
        node.set("published", list(result.published(), ExperimentWriter::published));
        node.set("notes", texts(result.notes()));
        node.set("settings", named(result.settings()));
        node.set("provenance", named(result.provenance()));
        return text(node) + "\n";
    }

    /** UTF-8 has no half of a surrogate pair; escaped it survives. */
    private static String text(ObjectNode node) {
        try {
            String text = WRITER.writeValueAsString(node);
            return StandardCharsets.UTF_8.newEncoder().canEncode(text)
                    ? text
                    : WRITER.with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode described(String id, String label, String description) {
        return NODES.objectNode().put("id", id).put("label", label).put("description", description);
    }

    private static ObjectNode run(Run run) {
        ObjectNode node = NODES.objectNode().put("arm", run.arm()).put("seed", run.seed());
        node.set("seconds", number(run.seconds()));
        node.set("points", list(run.points(), ExperimentWriter::point));
        return node;
    }

    private static ObjectNode point(Point point) {
        ObjectNode node = NODES.objectNode()
                .put("iteration", point.iteration())
                .put("answered", point.answered())
                .put("tokens", point.tokens());
        point.hardShare().ifPresent(share -> node.set("hardShare", number(share)));
        node.set("values", figures(point.values()));
        ObjectNode tasks = NODES.objectNode();
        new TreeMap<>(point.tasks()).forEach((measure, byTask) -> tasks.set(measure, figures(byTask)));
        node.set("tasks", tasks);
        return node;
    }

    private static ObjectNode comparison(Comparison c) {
        ObjectNode node = NODES.objectNode();
        node.put("arm", c.arm()).put("baseline", c.baseline()).put("measure", c.measure());
        node.set("differences", list(c.differences(), ExperimentWriter::number));
        node.set("mean", number(c.mean()));
        node.set("low", number(c.low()));
        node.set("high", number(c.high()));
        return node;
    }

    private static ObjectNode published(Published published) {
        ObjectNode node = NODES.objectNode().put("label", published.label()).put("measured", published.measured());
        node.set("byArm", figures(published.byArm()));
        node.set("byIteration", list(published.byIteration(), ExperimentWriter::number));
        return node;
    }

    /** JSON has neither NaN nor infinity; they are written as text. */
    private static JsonNode number(double number) {
        return Double.isFinite(number) ? NODES.numberNode(number) : NODES.textNode(Double.toString(number));
    }

    private static ObjectNode figures(Map<String, Double> figures) {
        ObjectNode node = NODES.objectNode();
        new TreeMap<>(figures).forEach((name, figure) -> node.set(name, number(figure)));
        return node;
    }

    private static ObjectNode named(Map<String, String> texts) {
        ObjectNode node = NODES.objectNode();
        texts.forEach(node::put);
        return node;
    }

    private static ArrayNode texts(List<String> texts) {
        return list(texts, NODES::textNode);
    }

    private static <T> ArrayNode list(List<T> entries, Function<T, ? extends JsonNode> entry) {
        ArrayNode list = NODES.arrayNode();
        entries.forEach(each -> list.add(entry.apply(each)));
        return list;
    }
}
