"""What the files of a release are called."""

SETUP = "Stockroom-{version}-windows-x64-setup.exe"
MSI = "Stockroom-{version}-windows-x64.msi"
ZIP = "Stockroom-{version}-windows-x64.zip"
DEB = "stockroom_{version}_amd64.deb"
TAR = "Stockroom-{version}-linux-x64.tar.xz"
