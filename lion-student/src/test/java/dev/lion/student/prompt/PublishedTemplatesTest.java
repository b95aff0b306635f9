package dev.lion.student.prompt;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Chat templates as models are published with them, which are not part of the repository: the folder that the environment
 * variable {@code LION_TEMPLATES} names holds {@code NAME.jinja} files and what {@code expected_texts.py} made of them.
 */
class PublishedTemplatesTest {
    private static final Optional<String> FOLDER = Optional.ofNullable(System.getenv("LION_TEMPLATES"));

    @Test
    void render_publishedTemplates_areWhatJinjaWrites() throws IOException {
        assumeTrue(FOLDER.isPresent(), "skipped: LION_TEMPLATES names no folder of published chat templates");
        var softly = new SoftAssertions();
        for (var one : ExpectedTexts.in(Path.of(FOLDER.orElseThrow())).toList()) {
            softly.assertThatCode(one::check).as(one.toString()).doesNotThrowAnyException();
        }
        softly.assertAll();
    }
}
