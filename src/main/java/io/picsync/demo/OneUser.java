package io.picsync.demo;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import org.apache.ftpserver.ftplet.Authentication;
import org.apache.ftpserver.ftplet.AuthenticationFailedException;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.usermanager.UsernamePasswordAuthentication;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.ConcurrentLoginPermission;
import org.apache.ftpserver.usermanager.impl.TransferRatePermission;
import org.apache.ftpserver.usermanager.impl.WritePermission;
import org.jspecify.annotations.Nullable;

/** The one user of an {@link EmbeddedFtpServer}, kept in memory; cannot be changed. */
final class OneUser implements UserManager {
  private final BaseUser user = new BaseUser();
  private final byte[] password;

  OneUser(String name, String password, Path home, int maxLogins, int idleSeconds) {
    this.password = password.getBytes(StandardCharsets.UTF_8);
    user.setName(name);
    user.setHomeDirectory(home.toAbsolutePath().toString());
    user.setMaxIdleTime(idleSeconds);
    user.setAuthorities(
        List.of(
            new WritePermission(),
            new ConcurrentLoginPermission(maxLogins, maxLogins),
            new TransferRatePermission(0, 0)));
  }

  @Override
  public User authenticate(Authentication authentication) throws AuthenticationFailedException {
    if (authentication instanceof UsernamePasswordAuthentication login
        && doesExist(login.getUsername())
        && login.getPassword() != null
        && MessageDigest.isEqual(password, login.getPassword().getBytes(StandardCharsets.UTF_8))) {
      return user;
    }
    throw new AuthenticationFailedException("Authentication failed");
  }

  @Override
  public @Nullable User getUserByName(String name) {
    return doesExist(name) ? user : null;
  }

  @Override
  public boolean doesExist(String name) {
    return user.getName().equals(name);
  }

  @Override
  public String[] getAllUserNames() {
    return new String[] {user.getName()};
  }

  @Override
  public String getAdminName() {
    return "";
  }

  @Override
  public boolean isAdmin(String name) {
    return false;
  }

  @Override
  public void save(User changed) throws FtpException {
    throw new FtpException("The only user cannot be changed.");
  }

  @Override
  public void delete(String name) throws FtpException {
    throw new FtpException("The only user cannot be deleted.");
  }
}
