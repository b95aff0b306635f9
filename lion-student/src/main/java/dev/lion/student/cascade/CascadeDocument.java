package dev.lion.student.cascade;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.student.checkpoint.JsonFile;
import dev.lion.student.decoder.WeightType;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A calibration as JSON: the threshold with the student that it belongs to, what was measured, and the whole curve, whose
 * first point, the teacher alone, has no threshold. Equal calibrations give equal files.
 */
public final class CascadeDocument {
    /** The name under which {@link CascadeChatModel} looks for it in a student's folder. */
    public static final String FILE_NAME = "cascade.json";

    static final String FORMAT = "lion-cascade/1";

    private final ObjectNode root;

    private CascadeDocument(ObjectNode root) {
        this.root = root;
    }

    /**
     * Of a student's calibration.
     *
     * @param student its folder, whose weights and tokenizer it is bound to
     * @param maxNewTokens the longest answer of the student, greedily decoded, as it was calibrated
     * @param weights how the student's weights were held, which it is bound to as well
     */
    public static CascadeDocument of(CascadeCalibration calibration, Path student, int maxNewTokens, WeightType weights)
            throws IOException {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("format", FORMAT);
        root.put("student", StudentFingerprint.of(student));
        root.put("weights", weights.name());
        root.put("wanted", calibration.wanted().share());
        calibration.wanted().bar().ifPresent(bar -> root.put("acceptedFrom", bar));
        root.put("finding", calibration.finding().name());
        root.put("words", calibration.inWords());
        calibration.threshold().ifPresent(threshold -> root.put("threshold", threshold));
        root.put("maxNewTokens", maxNewTokens);
        root.put("chosenOn", calibration.chosenOn());
        root.put("error", CascadeCalibration.ERROR);
        calibration.measured().ifPresent(point -> root.set("measured", point(point)));
        calibration.curve().separation().ifPresent(area -> root.put("areaUnderRoc", area));
        var curve = root.putArray("curve");
        calibration.curve().points().forEach(point -> curve.add(point(point)));
        return new CascadeDocument(root);
    }

    private static ObjectNode point(CascadePoint point) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (point.threshold() <= 1) { // above it the teacher answers everything: no threshold
            node.put("threshold", point.threshold());
        }
        node.put("instructions", point.instructions())
                .put("local", point.local())
                .put("localShare", point.localShare())
                .put("quality", point.quality().estimate())
                .put("low", point.quality().low())
                .put("high", point.quality().high());
        if (point.spared().isKnown()) {
            node.put("sparedInputTokens", point.spared().inputTokens())
                    .put("sparedOutputTokens", point.spared().outputTokens());
        }
        return node;
    }

    /** The text, indented. */
    public String text() {
        return root.toPrettyString();
    }

    /** Writes it. */
    public void writeTo(Path file) throws IOException {
        JsonFile.write(file, root);
    }
}
