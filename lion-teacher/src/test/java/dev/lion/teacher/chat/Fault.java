package dev.lion.teacher.chat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/** What a {@link FaultServer} does with a request once it has read it. The server closes the connection afterwards. */
@FunctionalInterface
interface Fault {
    void play(Socket connection, OutputStream out) throws IOException, InterruptedException;
}
