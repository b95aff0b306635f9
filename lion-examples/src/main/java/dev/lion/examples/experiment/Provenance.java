package dev.lion.examples.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Where a result comes from.
 *
 * @param command what was typed
 * @param commit of the working directory's checkout; empty when there is none
 */
record Provenance(String command, Optional<String> commit) {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    static Provenance of(String command) {
        return new Provenance(command, commitHere());
    }

    Map<String, String> asMap() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("command", command);
        commit.ifPresent(id -> map.put("commit", id));
        map.put("machine", machine());
        map.put("Java", Runtime.version().toString());
        return map;
    }

    private static String machine() {
        return String.format(
                Locale.ROOT,
                "%d processors%s, %s %s",
                Runtime.getRuntime().availableProcessors(),
                processor().map(name -> " (" + name + ")").orElse(""),
                System.getProperty("os.name"),
                System.getProperty("os.arch"));
    }

    private static Optional<String> processor() {
        if (!Files.isReadable(PROCESSORS)) {
            return Optional.empty();
        }
        try (var lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> commitHere() {
        try {
            Process git = new ProcessBuilder(List.of("git", "rev-parse", "--short=12", "HEAD"))
                    .redirectErrorStream(true)
                    .start();
            String id = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor(5, TimeUnit.SECONDS) && git.exitValue() == 0 ? Optional.of(id) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // no git
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
