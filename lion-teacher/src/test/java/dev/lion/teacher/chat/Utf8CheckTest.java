package dev.lion.teacher.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8CheckTest {
    private static final String TEXT = "plain \u00e9\u00df \u4e2d\u6587 \ud83e\udd81\ud83d\ude80 ";

    private static boolean isUtf8(List<ByteBuffer> pieces) {
        var check = new Utf8Check();
        try {
            for (int i = 0; i < pieces.size(); i += 2) {
                check.take(pieces.subList(i, Math.min(pieces.size(), i + 2)));
            }
            check.end();
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean isUtf8AtOnce(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static List<ByteBuffer> cut(byte[] bytes, Random random) {
        var pieces = new ArrayList<ByteBuffer>();
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + random.nextInt(6));
            pieces.add(ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, to)));
            from = to;
        }
        return pieces;
    }

    @Test
    void take_anyPieces_agreesWithDecodingAtOnce() {
        var random = new Random(7);
        int bad = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] bytes = TEXT.repeat(1 + random.nextInt(3)).getBytes(StandardCharsets.UTF_8);
            if (random.nextBoolean()) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            bytes = Arrays.copyOf(bytes, bytes.length - random.nextInt(3));
            boolean expected = isUtf8AtOnce(bytes);
            bad += expected ? 0 : 1;
            assertThat(isUtf8(cut(bytes, random))).isEqualTo(expected);
        }
        assertThat(bad).isBetween(500, 2500);
    }

    @Test
    void take_pieces_areLeftToTheReader() throws CharacterCodingException {
        ByteBuffer piece = ByteBuffer.wrap(TEXT.getBytes(StandardCharsets.UTF_8));
        new Utf8Check().take(List.of(piece));
        assertThat(piece.position()).isZero();
    }
}
