package io.picsync.testing;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The options of vsftpd.conf(5) that {@link VsftpdServer} starts from. */
final class VsftpdOptions {
  private VsftpdOptions() {}

  static Map<String, String> of(Path home, Path folder, int port, boolean root) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("listen", "YES");
    options.put("listen_address", "127.0.0.1");
    options.put("listen_port", Integer.toString(port));
    options.put("background", "NO");
    options.put("write_enable", "YES");
    options.put("mdtm_write", "YES");
    options.put("use_localtime", "NO");
    options.put("xferlog_enable", "NO");
    options.put("delay_failed_login", "0");
    options.put("max_clients", "0");
    options.put("max_per_ip", "0");
    options.put("secure_chroot_dir", folder.resolve("empty").toString());
    // Containers and old kernels refuse the sandboxes.
    options.put("seccomp_sandbox", "NO");
    options.put("isolate", "NO");
    options.put("isolate_network", "NO");
    if (root) {
      options.put("anonymous_enable", "NO");
      options.put("local_enable", "YES");
      options.put("pam_service_name", "su");
      options.put("local_root", home.toString());
      options.put("local_umask", "022");
      options.put("chroot_local_user", "YES");
      options.put("allow_writeable_chroot", "YES");
    } else {
      options.put("run_as_launching_user", "YES");
      options.put("anonymous_enable", "YES");
      options.put("local_enable", "NO");
      options.put("anon_root", home.toString());
      options.put("anon_umask", "022");
      options.put("anon_upload_enable", "YES");
      options.put("anon_mkdir_write_enable", "YES");
      options.put("anon_other_write_enable", "YES");
      options.put("anon_world_readable_only", "NO");
      options.put("secure_email_list_enable", "YES");
      options.put("email_password_file", folder.resolve("password").toString());
    }
    return options;
  }
}
