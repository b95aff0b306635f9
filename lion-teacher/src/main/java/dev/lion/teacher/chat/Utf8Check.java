package dev.lion.teacher.chat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Tells whether bytes that arrive in pieces are UTF-8; a character may lie across pieces. For one thread at a time. */
final class Utf8Check {
    private static final int LONGEST_CHARACTER = 4;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final CharBuffer characters = CharBuffer.allocate(1024);
    /** The beginning of a character whose end has yet to arrive. */
    private final ByteBuffer begun = ByteBuffer.allocate(LONGEST_CHARACTER).flip();

    /** Looks at bytes without consuming them. */
    void take(List<ByteBuffer> pieces) throws CharacterCodingException {
        for (ByteBuffer piece : pieces) {
            ByteBuffer bytes = piece.duplicate();
            while (begun.hasRemaining() && bytes.hasRemaining()) {
                begun.compact().put(bytes.get()).flip();
                decode(begun, false);
            }
            decode(bytes, false);
            begun.compact().put(bytes).flip();
        }
    }

    void end() throws CharacterCodingException {
        decode(begun, true);
    }

    private void decode(ByteBuffer bytes, boolean last) throws CharacterCodingException {
        CoderResult result;
        do {
            result = decoder.decode(bytes, characters.clear(), last);
            if (result.isError()) {
                result.throwException();
            }
        } while (result.isOverflow());
    }
}
