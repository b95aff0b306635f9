package dev.lion.report;

import dev.lion.LionException;
import dev.lion.data.Instruction;
import dev.lion.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * One self-contained page that shows what happened in a run: no network, nothing from outside, readable in light and dark, on
 * paper and on a telephone. One small script searches and filters the samples; everything else is there without it. Its
 * samples are bounded, so that it opens at once however large the run is. Equal runs give equal pages, but for the time they took and what they
 * spent.
 */
public final class HtmlReport {
    private final String html;

    private HtmlReport(String html) {
        this.html = html;
    }

    /**
     * The page for a run, finished or not, from its finished iterations. Any thread may call it, while the run goes on in
     * another process too; it reads every file of the run, and holds the instructions but not the answers in memory.
     *
     * @throws LionException when a file of the run cannot be read or is damaged
     */
    public static HtmlReport of(RunDirectory run) {
        return of(run, instruction -> Optional.empty());
    }

    /**
     * The same, with figures and a filter by family.
     *
     * @param family the kind of an instruction, where that is known: a name to show
     */
    public static HtmlReport of(RunDirectory run, Function<Instruction, Optional<String>> family) {
        return of(RunData.of(run, family));
    }

    static HtmlReport of(ReportData data) {
        return new HtmlReport(Page.of(data));
    }

    /** The page, valid as HTML and as XML. */
    public String html() {
        return html;
    }

    /**
     * Writes the page in UTF-8. A reader sees the page that was there before or the whole new one, never a part.
     *
     * @param file where to; an existing file is replaced, missing directories are made
     * @throws IOException naming the file, when it cannot be written; what was there before is then unchanged
     */
    public void writeTo(Path file) throws IOException {
        PageFile.write(file, html);
    }
}
