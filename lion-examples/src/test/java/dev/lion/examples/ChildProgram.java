package dev.lion.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** The command line in a process of its own, with its output in files, so that it can be sent signals. */
final class ChildProgram {
    private static final long LONGEST_SECONDS = 60;

    private final Process process;
    private final Function<ProcessHandle, ProcessHandle> program;
    private final Path out;
    private final Path err;

    private ChildProgram(Process process, Function<ProcessHandle, ProcessHandle> program, Path out, Path err) {
        this.process = process;
        this.program = program;
        this.out = out;
        this.err = err;
    }

    /** How it ended. */
    record Ended(int code, String out, String err) {}

    static ChildProgram start(Path outputs, List<String> arguments) throws IOException {
        return start(outputs, java(arguments), process -> process);
    }

    /** On a pseudo-terminal that {@code script} of Linux's util-linux makes; errors are in the output then. */
    static ChildProgram startInTerminal(Path outputs, List<String> arguments) throws IOException {
        List<String> script = List.of("script", "-q", "-e", "-c", String.join(" ", java(arguments)), "/dev/null");
        return start(
                outputs,
                script,
                process -> process.descendants()
                        .filter(child -> child.info().command().orElse("").endsWith("java"))
                        .findAny()
                        .orElseThrow());
    }

    private static List<String> java(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // starts faster
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(arguments);
        return command;
    }

    private static ChildProgram start(
            Path outputs, List<String> command, Function<ProcessHandle, ProcessHandle> program) throws IOException {
        Path out = Files.createTempFile(outputs, "out", ".txt");
        Path err = Files.createTempFile(outputs, "err", ".txt");
        return new ChildProgram(
                new ProcessBuilder(command)
                        .redirectInput(ProcessBuilder.Redirect.from(
                                Files.createTempFile(outputs, "in", ".txt").toFile()))
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start(),
                program,
                out,
                err);
    }

    /** Waits until something is so, or the process has ended. */
    ChildProgram await(BooleanSupplier condition) throws InterruptedException {
        while (process.isAlive() && !condition.getAsBoolean()) {
            Thread.sleep(2);
        }
        return this;
    }

    /** What Ctrl-C sends. */
    ChildProgram interrupt() throws IOException, InterruptedException {
        new ProcessBuilder(
                        "kill",
                        "-INT",
                        Long.toString(program.apply(process.toHandle()).pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        return this;
    }

    /** What asks a process to end, other than Ctrl-C. */
    ChildProgram terminate() {
        process.destroy();
        return this;
    }

    /** What it printed so far. */
    String printed() {
        try {
            return Files.readString(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What nothing survives. */
    ChildProgram kill() {
        process.destroyForcibly();
        return this;
    }

    Ended end() throws IOException, InterruptedException {
        try {
            assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS))
                    .as("ends within " + LONGEST_SECONDS + " s")
                    .isTrue();
            return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
        }
    }
}
