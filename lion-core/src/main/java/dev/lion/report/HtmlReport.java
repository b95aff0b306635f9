package dev.lion.report;

import dev.lion.LionException;
import dev.lion.run.RunDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * One self-contained page that shows what happened in a run: no script, no network, nothing from outside, readable in
 * light and dark, on paper and on a telephone. Equal runs give equal pages, but for the time they took and what they
 * spent.
 */
public final class HtmlReport {
    private final String html;

    private HtmlReport(String html) {
        this.html = html;
    }

    /**
     * The page for a run, finished or not, from its finished iterations. Any thread may call it, while the run goes on in
     * another process too; it reads every file of the run.
     *
     * @throws LionException when a file of the run cannot be read or is damaged
     */
    public static HtmlReport of(RunDirectory run) {
        return of(RunData.of(run));
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
        Path target = file.toAbsolutePath();
        Path directory = target.resolveSibling(".").normalize();
        Path pending = target.resolveSibling(target.getFileName() + ".pending");
        try {
            Files.createDirectories(directory);
            Files.writeString(pending, html, StandardCharsets.UTF_8);
            Files.move(pending, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IOException(
                    "could not write " + target + ": " + (e instanceof FileSystemException ? e : e.getMessage()), e);
        } finally {
            Files.deleteIfExists(pending);
        }
    }
}
