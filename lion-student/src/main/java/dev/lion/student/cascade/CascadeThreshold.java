package dev.lion.student.cascade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.student.checkpoint.CheckpointException;
import dev.lion.student.checkpoint.JsonFile;
import dev.lion.student.decoder.WeightType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The part of a calibration that a cascade works by, as {@code cascade.json} beside a student keeps it.
 *
 * @param student fingerprint of the student that it belongs to, and to no other
 * @param weights how the student's weights were held when it was calibrated
 * @param threshold the student answers where its confidence is this or more
 * @param maxNewTokens the longest answer of the student, greedily decoded, as it was calibrated
 */
record CascadeThreshold(String student, WeightType weights, double threshold, int maxNewTokens) {
    private static final String FINGERPRINT = "sha256:[0-9a-f]{64}";

    /**
     * Reads a file for a student whose weights are held like this.
     *
     * @throws CascadeException when there is none, it is damaged, it holds no threshold, or it is of another student or of
     *     weights that are held otherwise
     */
    static CascadeThreshold read(Path file, Path student, WeightType weights) throws IOException {
        if (!Files.isDirectory(student)) {
            throw new CascadeException(student, "there is no student: this is not a folder");
        }
        if (!Files.exists(file)) {
            throw new CascadeException(file, "there is no calibration; lion-examples cascade makes one");
        }
        ObjectNode document = JsonFile.read(file);
        if (!CascadeDocument.FORMAT.equals(document.path("format").asText())) {
            throw new CascadeException(
                    file, "this is not the calibration of a cascade in the format " + CascadeDocument.FORMAT);
        }
        requireReached(file, document);
        CascadeThreshold read = of(file, document);
        read.requireStudent(file, student);
        read.requireWeights(file, weights);
        return read;
    }

    private static void requireReached(Path file, ObjectNode document) {
        Finding finding = named(Finding.values(), document.path("finding"))
                .orElseThrow(() -> damaged(file, "its finding is missing or unknown"));
        if (finding != Finding.REACHED) {
            throw new CascadeException(
                    file,
                    "no threshold reached the wanted quality: "
                            + quoted(document.path("words").asText()));
        }
    }

    private static CascadeThreshold of(Path file, ObjectNode document) {
        String student = document.path("student").asText();
        if (!student.matches(FINGERPRINT)) {
            throw damaged(file, "it does not say which student it belongs to");
        }
        JsonNode threshold = document.path("threshold");
        if (!(threshold.isNumber() && threshold.asDouble() >= 0 && threshold.asDouble() <= 1)) {
            throw damaged(file, "threshold must be a number from 0 to 1, but is " + shown(threshold));
        }
        JsonNode longest = document.path("maxNewTokens");
        if (!(longest.isInt() && longest.asInt() >= 1)) {
            throw damaged(file, "maxNewTokens must be a whole number from 1 on, but is " + shown(longest));
        }
        WeightType weights = named(WeightType.values(), document.path("weights"))
                .orElseThrow(() -> damaged(file, "it does not say how the student's weights were held"));
        return new CascadeThreshold(student, weights, threshold.asDouble(), longest.asInt());
    }

    private static <E extends Enum<E>> Optional<E> named(E[] values, JsonNode name) {
        return Arrays.stream(values)
                .filter(value -> name.isTextual() && value.name().equals(name.asText()))
                .findFirst();
    }

    private static CascadeException damaged(Path file, String what) {
        return new CascadeException(
                file, "the calibration is damaged: " + what + "; lion-examples cascade makes a new one");
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "missing" : quoted(value.toString());
    }

    /** A file's text as a message may show it: not too long, and without what would steer a terminal. */
    private static String quoted(String text) {
        return CheckpointException.shortened(text.replaceAll("[\\p{Cc}\\p{Cf}]", "\uFFFD"));
    }

    private void requireStudent(Path file, Path folder) throws IOException {
        String found = StudentFingerprint.of(folder);
        if (!found.equals(student)) {
            throw new CascadeException(
                    file,
                    "this is another student's: it was calibrated for " + student + ", and " + folder + " is " + found
                            + "; calibrate this one");
        }
    }

    private void requireWeights(Path file, WeightType loaded) {
        if (loaded != weights) {
            throw new CascadeException(
                    file,
                    String.format(
                            Locale.ROOT,
                            "the student was calibrated with its weights held as %s, and is to be loaded with %s, which"
                                    + " makes it another student: load it with WeightType.%s, or calibrate it with %s"
                                    + " (lion-examples cascade --weights)",
                            weights,
                            loaded,
                            weights,
                            loaded));
        }
    }
}
