package dev.lion.examples;

import dev.lion.examples.novelty.NoveltyReport;
import dev.lion.examples.novelty.TextFile;
import dev.lion.novelty.RougeLSearch;
import dev.lion.novelty.Tokenization;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says of each candidate whether it is new with respect to a pool. */
@Command(
        name = "novelty",
        mixinStandardHelpOptions = true,
        description = {
            "Compare candidates with a pool by ROUGE-L, exactly; print a JSON line for each candidate:",
            "index (from 0), novel, score (the largest) and nearest (the first line of the pool, from 0, that has it).",
            "Score and nearest are there for candidates that are not novel; with --exact for all.",
            "With --exact, a candidate that shares no token has score 0 and nearest 0 (-1 when the pool is empty).",
            "Both files are JSON Lines of objects; compared is \"instruction\", followed by a line break and \"input\" when",
            "there is one. Blank lines do not count. Candidates are not compared with each other."
        })
final class NoveltyCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec command;

    @Option(names = "--pool", required = true, paramLabel = "FILE", description = "what candidates are compared with")
    private Path pool = Path.of("");

    @Option(names = "--candidates", required = true, paramLabel = "FILE", description = "what is to be judged")
    private Path candidates = Path.of("");

    @Option(
            names = "--max",
            defaultValue = "0.7",
            paramLabel = "SCORE",
            description = "the largest score that still counts as novel, from 0 to 1 (default: ${DEFAULT-VALUE})")
    private double max;

    @Option(names = "--exact", description = "the largest score of every candidate, which takes longer")
    private boolean exact;

    @Option(
            names = "--unicode",
            description = "tokens for every language; without it those of the paper, runs of a-z and 0-9")
    private boolean unicode;

    @Override
    public Integer call() throws IOException {
        new OptionFaults(Objects.requireNonNull(command))
                .require(max >= 0 && max <= 1, "--max must be from 0 to 1, but is " + max)
                .refuse();
        TextFile poolFile = new TextFile(pool);
        TextFile candidateFile = new TextFile(candidates);
        poolFile.check();
        candidateFile.check();
        RougeLSearch search = new RougeLSearch(unicode ? Tokenization.UNICODE : Tokenization.PAPER);
        poolFile.read(search::add);
        print(candidateFile, search);
        return 0;
    }

    private void print(TextFile candidateFile, RougeLSearch search) throws IOException {
        // not System.out, which would not say why it cannot write
        OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
        try {
            candidateFile.read(new NoveltyReport(search, max, exact, out)::write);
            out.flush();
        } catch (IOException e) {
            if (!isClosedPipe(e)) {
                throw e;
            }
        }
    }

    /** Whoever read the output, such as {@code head}, has enough. Java tells it by the message alone. */
    private static boolean isClosedPipe(IOException failure) {
        return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
    }
}
