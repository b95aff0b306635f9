package dev.lion.examples.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lion.run.RunDirectory;
import dev.lion.testing.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of {@code watch} in a real browser, in headless Chromium; see {@link Browser} for where it is looked for. */
@Tag("slow")
class WatchInBrowserTest {
    private static final String REPORT = "document.querySelector('iframe:not(.pending)')?.contentDocument";

    private static String reportSays(String words) {
        return REPORT + "?.body.textContent.includes('" + words + "') ?? false";
    }

    @TempDir
    private Path temp;

    @Test
    void page_runGoesOn_exchangesTheReportAndKeepsTheReadersPlace() throws Exception {
        Optional<Path> program = Browser.find();
        assumeTrue(program.isPresent(), "skipped: no Chromium on the PATH or in LION_CHROMIUM");
        Path folder = temp.resolve("run");
        try (WatchServer server = WatchServer.start(new RunWatch(folder), 0);
                Browser browser = Browser.start(program.get(), Files.createDirectory(temp.resolve("profile")))) {
            Browser.Tab tab = browser.open(server.url());
            tab.awaitTrue("document.getElementById('state').className === 'waiting'");
            try (RunDirectory run = WatchedRun.begun(folder)) {
                tab.awaitTrue(reportSays("Nothing is finished yet"));
                assertThat(tab.evaluate("document.title").asText()).isEqualTo("The run begins.");
                WatchedRun.finish(run);
                tab.awaitTrue(reportSays("The student has imitated 2 answers"));
            }
            tab.awaitTrue("document.getElementById('state').className === 'ended'");
            tab.evaluate("older = document.querySelector('iframe'); older.contentWindow.scrollTo(0, 400)");
            Files.setLastModifiedTime(folder.resolve("run.json"), FileTime.fromMillis(1)); // as if something were new
            tab.awaitTrue("document.querySelector('iframe:not(.pending)') !== older");
            assertThat(tab.evaluate("document.querySelector('iframe').contentWindow.scrollY")
                            .asInt())
                    .isPositive();
            assertThat(tab.evaluate("document.querySelectorAll('iframe').length")
                            .asInt())
                    .isOne();
            assertThat(tab.complaints()).isEmpty();
            assertThat(tab.requests())
                    .allMatch(request -> request.startsWith(server.url().toString()));
        }
    }
}
