package dev.lion.student.cascade;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.student.checkpoint.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The part of a calibration that a cascade works by, as {@code cascade.json} beside a student keeps it.
 *
 * @param student fingerprint of the student that it belongs to, and to no other
 * @param threshold the student answers where its confidence is this or more
 * @param maxNewTokens the longest answer of the student, greedily decoded, as it was calibrated
 */
record CascadeThreshold(String student, double threshold, int maxNewTokens) {
    /**
     * Reads a file for a student.
     *
     * @throws CascadeException when it holds no threshold, or another student's
     */
    static CascadeThreshold read(Path file, Path student) throws IOException {
        if (!Files.exists(file)) {
            throw new CascadeException(file, "there is no calibration; lion-examples cascade makes one");
        }
        ObjectNode document = JsonFile.read(file);
        if (!CascadeDocument.FORMAT.equals(document.path("format").asText())) {
            throw new CascadeException(
                    file, "this is not the calibration of a cascade in the format " + CascadeDocument.FORMAT);
        }
        if (!document.path("threshold").isNumber()) {
            throw new CascadeException(
                    file,
                    "no threshold reached the wanted quality: "
                            + document.path("words").asText());
        }
        var read = new CascadeThreshold(
                document.path("student").asText(),
                document.path("threshold").asDouble(),
                document.path("maxNewTokens").asInt());
        read.requireStudent(file, student);
        return read;
    }

    private void requireStudent(Path file, Path folder) throws IOException {
        if (!(threshold >= 0 && threshold <= 1) || maxNewTokens < 1) {
            throw new CascadeException(
                    file,
                    "threshold must be from 0 to 1 and maxNewTokens 1 or more, but they are " + threshold + " and "
                            + maxNewTokens);
        }
        String found = StudentFingerprint.of(folder);
        if (!found.equals(student)) {
            throw new CascadeException(
                    file,
                    "this is another student's: it was calibrated for " + student + ", and " + folder + " is " + found
                            + "; calibrate this one");
        }
    }
}
