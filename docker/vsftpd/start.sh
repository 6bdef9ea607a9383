#!/bin/sh
# Makes the FTP user from the environment and becomes vsftpd.
#   FTP_USER            the user's name
#   FTP_PASSWORD_FILE   a file with the password
#   FTP_FOLDER          a folder to make below /srv/pictures, if there is none
set -eu

: "${FTP_USER:?Name the FTP user in FTP_USER.}"
: "${FTP_PASSWORD_FILE:?Name a file with the password in FTP_PASSWORD_FILE.}"
password=$(cat "$FTP_PASSWORD_FILE")
if [ -z "$password" ]; then
  echo "$FTP_PASSWORD_FILE is empty. Set the password that it is made from." >&2
  exit 1
fi

if ! id "$FTP_USER" >/dev/null 2>&1; then
  useradd --no-create-home --home-dir /srv/pictures --shell /bin/sh "$FTP_USER"
fi
# printf is the shell's own: the password stands in no process list.
printf '%s:%s\n' "$FTP_USER" "$password" | chpasswd
unset password

install -d /var/run/vsftpd/empty
if [ -n "${FTP_FOLDER:-}" ]; then
  mkdir -p "/srv/pictures/$FTP_FOLDER"
fi
chown -R "$FTP_USER:" /srv/pictures

exec /usr/sbin/vsftpd /etc/vsftpd.conf
