package dev.lion.report;

import java.io.IOException;
import java.nio.file.Path;

/**
 * One self-contained page that shows what an experiment found, in the style of {@link HtmlReport}: what it asked and found,
 * each difference seed by seed with its interval, every arm beside the paper's figures, curves, tasks, and all runs.
 * Nothing comes from outside; the one small script sorts and filters the table of runs, and nothing is lost without it.
 * Equal results give equal pages.
 */
public final class ExperimentReport {
    private final String html;

    private ExperimentReport(String html) {
        this.html = html;
    }

    /** The page of an experiment, all of whose runs are done or only some, or none. Any thread may call it. */
    public static ExperimentReport of(ExperimentResult result) {
        return new ExperimentReport(ExperimentPage.of(new ExperimentData(result)));
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
