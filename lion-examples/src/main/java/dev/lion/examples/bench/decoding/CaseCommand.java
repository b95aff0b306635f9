package dev.lion.examples.bench.decoding;

import dev.lion.student.LoadedStudent;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One case in this process, which {@code bench decoding} starts for each. */
@Command(
        name = "decoding-case",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Measure one case of bench decoding in this process, and print a line of JSON.")
public final class CaseCommand implements Callable<Integer> {
    @Option(names = "--case", required = true, description = "such as 5m-fp32")
    private String name = "";

    @Option(names = "--folder", required = true, description = "the student's folder")
    private Path folder = Path.of("");

    @Option(names = "--batch", required = true, description = "prompts at a time")
    private int batch;

    @Option(names = "--new", defaultValue = "64", description = "tokens of each answer: ${DEFAULT-VALUE}")
    private int newTokens;

    @Option(names = "--repeats", defaultValue = "3", description = "times, of which the fastest counts")
    private int repeats;

    @Option(names = "--threads", required = true, description = "processors to use")
    private int threads;

    @Option(names = "--seed", defaultValue = "1", description = "of the prompts: ${DEFAULT-VALUE}")
    private long seed;

    @Override
    public Integer call() throws Exception {
        DecodingCase which = DecodingCase.named(name);
        try (var student = LoadedStudent.load(folder, CaseRun.config(which, batch, threads))) {
            var run = new CaseRun(student, batch, seed);
            System.out.println(run.measure(which, newTokens, repeats, threads).toJson());
        }
        return 0;
    }
}
