package io.picsync.testing;

/**
 * One command a client sent to a {@link ScriptedFtpServer}.
 *
 * @param connection counts admitted control connections from 1
 * @param verb in upper case
 * @param argument exactly as sent, empty if there was none
 */
public record FtpCall(int connection, String verb, String argument) {}
