package dev.lion.data;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.LineNumberReader;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one file of seed instructions, collecting the faults of all its entries. Used once. */
final class SeedFile {
    private static final int REPORTED_FAULTS = 10;
    private static final int BYTE_ORDER_MARK = '\uFEFF';
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path file;
    private final List<Instruction> instructions = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    SeedFile(Path file) {
        this.file = file;
    }

    List<Instruction> read() {
        if (!Files.isRegularFile(file)) {
            throw new SeedFileException(
                    file + (Files.isDirectory(file) ? ": is a directory" : ": there is no such file")
                            + "; give the path of a file with seed instructions. " + SeedEntry.ACCEPTED);
        }
        try {
            requireUtf8();
            Start start = start();
            switch (start.character()) {
                case '[' -> readArray();
                case '{' -> readLines();
                default ->
                    throw new SeedFileException(file + ": line " + start.line()
                            + ": text, neither a JSON array nor JSON Lines. " + SeedEntry.ACCEPTED);
            }
        } catch (IOException e) {
            throw new SeedFileException(file + ": cannot be read: " + e, e);
        }
        refuseFaults();
        return instructions;
    }

    private void requireUtf8() throws IOException {
        try (Utf8Lines lines = new Utf8Lines(file)) {
            for (Optional<Utf8Lines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                if (line.get().text().isEmpty()) {
                    faults.add("line " + line.get().number() + ": holds bytes that are not UTF-8; save it as UTF-8");
                }
            }
        }
        refuseFaults();
    }

    /** The first character that is not blank, and its line from 1. */
    private record Start(int character, int line) {}

    private Start start() throws IOException {
        try (LineNumberReader reader = new LineNumberReader(Files.newBufferedReader(file))) {
            int c = reader.read();
            while (c == BYTE_ORDER_MARK || Character.isWhitespace(c)) {
                c = reader.read();
            }
            if (c < 0) {
                throw new SeedFileException(
                        file + ": is empty; it must hold at least one instruction. " + SeedEntry.ACCEPTED);
            }
            return new Start(c, reader.getLineNumber() + 1);
        }
    }

    private void readArray() throws IOException {
        try (Reader reader = withoutByteOrderMark();
                JsonParser parser = JSON.createParser(reader)) {
            parser.nextToken();
            for (int entry = 1; parser.nextToken() != JsonToken.END_ARRAY; entry++) {
                String place = "line " + line(parser.currentTokenLocation()) + " (entry " + entry + ")";
                add(
                        place,
                        JSON.reader()
                                .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                                .readTree(parser));
            }
            if (parser.nextToken() != null) {
                faults.add("line " + line(parser.currentTokenLocation()) + ": text after the end of the array");
            }
        } catch (JsonProcessingException e) {
            faults.add("line " + line(e.getLocation()) + ": is not JSON: " + e.getOriginalMessage());
        }
        if (instructions.isEmpty() && faults.isEmpty()) {
            throw new SeedFileException(file + ": the array is empty; it must hold at least one instruction");
        }
    }

    private BufferedReader withoutByteOrderMark() throws IOException {
        BufferedReader reader = Files.newBufferedReader(file);
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
        return reader;
    }

    private void readLines() throws IOException {
        try (Utf8Lines lines = new Utf8Lines(file)) {
            for (Optional<Utf8Lines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                String text = line.get().text().orElseThrow();
                if (!text.isBlank()) {
                    readLine("line " + line.get().number(), text);
                }
            }
        }
    }

    private void readLine(String place, String text) {
        try {
            add(place, JSON.readTree(text));
        } catch (JsonProcessingException e) {
            faults.add(place + ": is not a JSON object: " + e.getOriginalMessage());
        }
    }

    private void add(String place, JsonNode entry) {
        try {
            instructions.add(SeedEntry.toInstruction(entry));
        } catch (SeedEntry.Fault e) {
            faults.add(place + ": " + e.getMessage());
        }
    }

    private void refuseFaults() {
        if (faults.isEmpty()) {
            return;
        }
        StringBuilder message = new StringBuilder(file + ": " + faults.size() + " faulty "
                + (faults.size() == 1 ? "entry" : "entries") + ", nothing was read");
        faults.stream()
                .limit(REPORTED_FAULTS)
                .forEach(fault -> message.append("\n  ").append(fault));
        if (faults.size() > REPORTED_FAULTS) {
            message.append("\n  and ").append(faults.size() - REPORTED_FAULTS).append(" more");
        }
        throw new SeedFileException(message.append("\nCorrect or remove them. ")
                .append(SeedEntry.ACCEPTED)
                .toString());
    }

    private static int line(JsonLocation location) {
        return location.getLineNr();
    }
}
