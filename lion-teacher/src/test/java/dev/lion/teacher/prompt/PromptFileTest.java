package dev.lion.teacher.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptFileTest {
    @TempDir
    private Path folder;

    @Test
    void read_textFile_isCalledAsTheFileIs() throws IOException {
        Path file = Files.writeString(folder.resolve("desk.txt"), "\uFEFFBe kind.\r\n{request}\r\n");

        PromptTemplate template = PromptTemplate.read(file);

        assertThat(template).isEqualTo(new PromptTemplate("desk.txt", 1, "Be kind.\n{request}"));
        assertThat(template.fingerprint()).startsWith("desk.txt v1 sha256:");
    }

    @Test
    void read_noFile_namesIt() {
        assertThatThrownBy(() -> PromptTemplate.read(folder.resolve("gone.txt")))
                .isInstanceOf(PromptFileException.class)
                .hasMessageContaining("gone.txt does not exist");
    }

    @Test
    void read_folder_saysThatItCannotBeRead() {
        assertThatThrownBy(() -> PromptTemplate.read(folder))
                .isInstanceOf(PromptFileException.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void read_otherEncoding_asksForUtf8() throws IOException {
        Path file = Files.write(folder.resolve("latin.txt"), "réponse".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> PromptTemplate.read(file))
                .isInstanceOf(PromptFileException.class)
                .hasMessageContaining("latin.txt is not text in UTF-8");
    }

    @Test
    void read_emptyOrTooLong_saysTheLimits() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.txt"), " \n");
        Path longer = Files.writeString(folder.resolve("long.txt"), "x".repeat(PromptTemplate.MAX_LENGTH + 1));
        Path huge = Files.writeString(folder.resolve("huge.txt"), "x".repeat(4 * PromptTemplate.MAX_LENGTH + 1));

        assertThatThrownBy(() -> PromptTemplate.read(empty))
                .isInstanceOf(PromptFileException.class)
                .hasMessageContaining("empty.txt");
        assertThatThrownBy(() -> PromptTemplate.read(longer))
                .isInstanceOf(PromptFileException.class)
                .hasMessageContaining("long.txt")
                .hasMessageContaining("1 to 65536 characters, but has 65537");
        assertThatThrownBy(() -> PromptTemplate.read(huge))
                .isInstanceOf(PromptFileException.class)
                .hasMessageContaining("huge.txt is too large");
    }
}
